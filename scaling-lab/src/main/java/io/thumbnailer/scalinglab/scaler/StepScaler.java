package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.MetricsUnavailableException;

/**
 * Step scaling on the backlog per worker, like the step policies of Amazon EC2 Auto Scaling: an
 * alarm is evaluated once a minute, and the excess determines the step. Added workers count at
 * once; one worker is removed after a cooldown.
 */
public final class StepScaler implements Scaler {
  private static final double PERIOD_SECONDS = 60;
  private static final double LOW = 0.25;

  private final double target;
  private final double cooldownSeconds;
  private final int minReplicas;
  private final int maxReplicas;
  private double next;
  private double lastChange = Double.NEGATIVE_INFINITY;

  /**
   * Scales to a target.
   *
   * @param target jobs for each worker at which the alarm goes off
   * @param cooldownSeconds since any change, before a worker is taken away
   * @param phaseSeconds of the first evaluation
   */
  public StepScaler(
      double target,
      double cooldownSeconds,
      double phaseSeconds,
      int minReplicas,
      int maxReplicas) {
    this.target = target;
    this.cooldownSeconds = cooldownSeconds;
    this.minReplicas = minReplicas;
    this.maxReplicas = maxReplicas;
    this.next = phaseSeconds;
  }

  @Override
  public double nextSeconds() {
    return next;
  }

  @Override
  public int decide(ClusterView cluster) {
    double now = cluster.seconds();
    next = now + PERIOD_SECONDS;
    int current = cluster.specReplicas();
    double ratio;
    try {
      ratio =
          cluster.metrics().external(QueueMetrics.BACKLOG) / 1000.0 / Math.max(1, current) / target;
    } catch (MetricsUnavailableException e) {
      return current;
    }
    int step = step(ratio);
    if (step < 0 && now < lastChange + cooldownSeconds) {
      return current;
    }
    int wanted = Math.min(Math.max(current + step, minReplicas), maxReplicas);
    if (wanted != current) {
      lastChange = now;
    }
    return wanted;
  }

  private static int step(double ratio) {
    if (ratio < LOW) {
      return -1;
    }
    if (ratio < 1) {
      return 0;
    }
    return ratio < 2 ? 1 : ratio < 4 ? 3 : 6;
  }
}

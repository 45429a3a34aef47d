package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.elasticity.StepFunction;

/**
 * A scaler that knows the future: it starts workers so early that they are ready when the demand
 * rises, and stops them when it falls. No real autoscaler can do that; it shows the best possible
 * result.
 */
public final class OracleScaler implements Scaler {
  private static final double PERIOD_SECONDS = 5;

  private final StepFunction demand;
  private final double leadSeconds;
  private final int minReplicas;
  private final int maxReplicas;
  private double next;

  /**
   * Scales by a known demand.
   *
   * @param leadSeconds the longest start of a worker
   */
  public OracleScaler(StepFunction demand, double leadSeconds, int minReplicas, int maxReplicas) {
    this.demand = demand;
    this.leadSeconds = leadSeconds;
    this.minReplicas = minReplicas;
    this.maxReplicas = maxReplicas;
  }

  @Override
  public double nextSeconds() {
    return next;
  }

  @Override
  public int decide(ClusterView cluster) {
    double now = cluster.seconds();
    next = now + PERIOD_SECONDS;
    int wanted = (int) demand.highest(now, now + leadSeconds + PERIOD_SECONDS);
    return Math.min(Math.max(wanted, minReplicas), maxReplicas);
  }
}

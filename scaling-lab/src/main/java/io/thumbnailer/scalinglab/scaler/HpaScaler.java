package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.Decision;
import io.thumbnailer.scalinglab.hpa.HorizontalPodAutoscaler;
import io.thumbnailer.scalinglab.hpa.HpaSpec;

/** A HorizontalPodAutoscaler that is asked once a sync period. */
public final class HpaScaler implements Scaler {
  private final HorizontalPodAutoscaler autoscaler;
  private final double periodSeconds;
  private double next;
  private Decision last;

  /**
   * For a spec.
   *
   * @param phaseSeconds of the first sync; where in its period the controller is, is chance
   */
  public HpaScaler(HpaSpec spec, ControllerSettings settings, double phaseSeconds) {
    this.autoscaler = new HorizontalPodAutoscaler(spec, settings);
    this.periodSeconds = settings.syncPeriod().toMillis() / 1000.0;
    this.next = phaseSeconds;
  }

  @Override
  public double nextSeconds() {
    return next;
  }

  @Override
  public int decide(ClusterView cluster) {
    next += periodSeconds;
    last =
        autoscaler.reconcile(
            Math.round(cluster.seconds() * 1000),
            cluster.specReplicas(),
            cluster.statusReplicas(),
            cluster.pods(),
            cluster.metrics());
    return last.replicas();
  }

  /** The newest decision; null before the first. */
  public Decision lastDecision() {
    return last;
  }
}

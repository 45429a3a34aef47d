package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.HorizontalPodAutoscaler;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A HorizontalPodAutoscaler. The controller puts it back into its work queue when a reconcile has
 * ended, to be due a sync period later: the interval is the period and the time of the reconcile,
 * so the phase drifts.
 */
public final class HpaScaler implements Scaler {
  private final HorizontalPodAutoscaler autoscaler;
  private final double periodSeconds;
  private final Map<String, DerivedMetric> derived;
  private final DoubleSupplier reconcileSeconds;
  private double next;

  /**
   * Scales by a spec, with reconciles that take no time.
   *
   * @param phaseSeconds of the first reconcile
   */
  public HpaScaler(HpaSpec spec, ControllerSettings settings, double phaseSeconds) {
    this(spec, settings, phaseSeconds, () -> 0, Map.of());
  }

  /**
   * Scales by a spec.
   *
   * @param phaseSeconds of the first reconcile; the controller's phase is random
   * @param reconcileSeconds gives the time that each reconcile takes
   * @param derived external metrics that are computed from others, by name
   */
  public HpaScaler(
      HpaSpec spec,
      ControllerSettings settings,
      double phaseSeconds,
      DoubleSupplier reconcileSeconds,
      Map<String, DerivedMetric> derived) {
    this.autoscaler = new HorizontalPodAutoscaler(spec, settings);
    this.reconcileSeconds = reconcileSeconds;
    this.derived = Map.copyOf(derived);
    this.periodSeconds = settings.syncPeriod().toMillis() / 1000.0;
    this.next = phaseSeconds;
  }

  @Override
  public double nextSeconds() {
    return next;
  }

  @Override
  public int decide(ClusterView cluster) {
    next = cluster.seconds() + reconcileSeconds.getAsDouble() + periodSeconds;
    return autoscaler
        .reconcile(
            Math.round(cluster.seconds() * 1000),
            cluster.specReplicas(),
            cluster.statusReplicas(),
            cluster.pods(),
            new DerivedMetrics(cluster.metrics(), cluster.seconds(), derived))
        .replicas();
  }
}

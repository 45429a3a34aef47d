package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.MetricsUnavailableException;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * KEDA: its operator polls the trigger and switches between none (or idle) and some workers; from
 * one worker on, an HPA that it made decides.
 *
 * @see <a href="https://keda.sh/docs/latest/reference/scaledobject-spec/">ScaledObject</a>
 */
public final class KedaScaler implements Scaler {
  private final KedaSpec spec;
  private final HpaScaler hpa;
  private double nextPoll;
  private double lastActive = Double.NaN;

  /**
   * Scales by a spec.
   *
   * @param hpaPhaseSeconds of the HPA's first sync
   * @param pollPhaseSeconds of the operator's first poll
   */
  public KedaScaler(
      KedaSpec spec, ControllerSettings settings, double hpaPhaseSeconds, double pollPhaseSeconds) {
    this(spec, settings, hpaPhaseSeconds, pollPhaseSeconds, () -> 0, Map.of());
  }

  /**
   * Scales by a spec, with further metrics.
   *
   * @param hpaPhaseSeconds of the HPA's first reconcile
   * @param pollPhaseSeconds of the operator's first poll
   * @param reconcileSeconds gives the time that each of the HPA's reconciles takes
   * @param derived the metrics that {@code scalingModifiers} compute, by name
   */
  public KedaScaler(
      KedaSpec spec,
      ControllerSettings settings,
      double hpaPhaseSeconds,
      double pollPhaseSeconds,
      DoubleSupplier reconcileSeconds,
      Map<String, DerivedMetric> derived) {
    this.spec = spec;
    this.hpa = new HpaScaler(spec.hpa(), settings, hpaPhaseSeconds, reconcileSeconds, derived);
    this.nextPoll = pollPhaseSeconds;
  }

  @Override
  public double nextSeconds() {
    return Math.min(nextPoll, hpa.nextSeconds());
  }

  @Override
  public int decide(ClusterView cluster) {
    if (hpa.nextSeconds() < nextPoll) {
      return hpa.decide(cluster);
    }
    nextPoll += spec.pollingInterval().toMillis() / 1000.0;
    return poll(cluster);
  }

  private int poll(ClusterView cluster) {
    int current = cluster.specReplicas();
    double now = cluster.seconds();
    boolean active;
    try {
      active = cluster.metrics().external(spec.metric()) > spec.activationThreshold() * 1000;
    } catch (MetricsUnavailableException e) {
      return current;
    }
    if (active) {
      lastActive = now;
      boolean asleep =
          current == 0 || (spec.idleReplicas().isPresent() && current < spec.minReplicas());
      return asleep ? Math.max(1, spec.minReplicas()) : current;
    }
    int rest = spec.idleReplicas().orElse(spec.minReplicas());
    boolean mayRest = spec.idleReplicas().isPresent() || spec.minReplicas() == 0;
    if (mayRest && current > rest) {
      return cooledDown(now) ? rest : current;
    }
    return mayRest ? current : Math.max(current, spec.minReplicas());
  }

  private boolean cooledDown(double now) {
    return Double.isNaN(lastActive)
        ? now > spec.initialCooldownPeriod().toMillis() / 1000.0
        : now > lastActive + spec.cooldownPeriod().toMillis() / 1000.0;
  }
}

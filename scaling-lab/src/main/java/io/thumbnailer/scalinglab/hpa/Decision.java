package io.thumbnailer.scalinglab.hpa;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of one sync period.
 *
 * @param replicas to set; the current number if nothing changes
 * @param recommendation of the metrics before stabilization and limits; the current number if there
 *     was none
 * @param stabilized the recommendation after the stabilization windows
 * @param limit what limited the stabilized recommendation
 * @param metrics each metric's outcome, in the order of the spec; empty if they were not evaluated
 * @param failure why no decision was possible; the number is then unchanged
 */
public record Decision(
    int replicas,
    int recommendation,
    int stabilized,
    Limit limit,
    List<MetricOutcome> metrics,
    Optional<String> failure) {

  /** The reason of the condition ScalingLimited. */
  public enum Limit {
    /** No limit applied. */
    DESIRED_WITHIN_RANGE,
    /** {@code minReplicas}. */
    TOO_FEW_REPLICAS,
    /** {@code maxReplicas}. */
    TOO_MANY_REPLICAS,
    /** The rate policies for scaling up. */
    SCALE_UP_LIMIT,
    /** The rate policies for scaling down. */
    SCALE_DOWN_LIMIT,
    /** Zero replicas switch the autoscaler off. */
    SCALING_DISABLED
  }

  /**
   * What one metric proposed.
   *
   * @param spec the metric
   * @param replicas proposed; the current number when it failed
   * @param current its value: per cent, or thousandths
   * @param failure why it proposed nothing
   */
  public record MetricOutcome(
      MetricSpec spec, int replicas, long current, Optional<String> failure) {}

  public Decision {
    metrics = List.copyOf(metrics);
  }
}

package io.thumbnailer.scalinglab.hpa;

import java.util.List;
import java.util.Optional;

/**
 * The part of a HorizontalPodAutoscaler (autoscaling/v2) that decides.
 *
 * @param name of the object
 * @param minReplicas at least 0 (0 needs the feature gate HPAScaleToZero)
 * @param maxReplicas at least {@code minReplicas} and 1
 * @param metrics at least one; the greatest proposal wins
 * @param behavior empty if the manifest has none: then an older rule limits scaling up
 */
public record HpaSpec(
    String name,
    int minReplicas,
    int maxReplicas,
    List<MetricSpec> metrics,
    Optional<ScalingBehavior> behavior) {

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public HpaSpec {
    metrics = List.copyOf(metrics);
    if (minReplicas < 0 || maxReplicas < Math.max(1, minReplicas)) {
      throw new IllegalArgumentException(
          "replicas must be 0 <= min <= max and max >= 1, not " + minReplicas + ".." + maxReplicas);
    }
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("an autoscaler needs at least one metric");
    }
  }

  /** The same with other metrics. */
  public HpaSpec withMetrics(List<MetricSpec> others) {
    return new HpaSpec(name, minReplicas, maxReplicas, others, behavior);
  }

  /** The same with other bounds. */
  public HpaSpec withReplicas(int min, int max) {
    return new HpaSpec(name, min, max, metrics, behavior);
  }
}

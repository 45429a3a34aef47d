package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.HpaSpec;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The part of a KEDA ScaledObject that decides.
 *
 * @param hpa the autoscaler that KEDA makes of it; its minimum is at least 1
 * @param minReplicas of the ScaledObject, may be 0
 * @param idleReplicas replicas while nothing is active, below {@code minReplicas}; empty for {@code
 *     minReplicas}
 * @param pollingInterval between two looks at the triggers
 * @param cooldownPeriod since the last time a trigger was active, before the last worker goes
 * @param initialCooldownPeriod the same since the start, while no trigger was active yet
 * @param metric that the trigger asks for
 * @param activationThreshold the trigger is active above it
 */
public record KedaSpec(
    HpaSpec hpa,
    int minReplicas,
    OptionalInt idleReplicas,
    Duration pollingInterval,
    Duration cooldownPeriod,
    Duration initialCooldownPeriod,
    String metric,
    double activationThreshold) {

  /** Throws {@link IllegalArgumentException} when a value is out of its range. */
  public KedaSpec {
    if (pollingInterval.isZero() || pollingInterval.isNegative()) {
      throw new IllegalArgumentException("the polling interval must be positive");
    }
    if (cooldownPeriod.isNegative() || initialCooldownPeriod.isNegative()) {
      throw new IllegalArgumentException("a cooldown period must not be negative");
    }
    if (idleReplicas.isPresent() && idleReplicas.getAsInt() >= minReplicas) {
      throw new IllegalArgumentException("idleReplicaCount must be below minReplicaCount");
    }
  }

  /** The same with another autoscaler and trigger. */
  public KedaSpec with(HpaSpec otherHpa, String otherMetric) {
    return new KedaSpec(
        otherHpa,
        minReplicas,
        idleReplicas,
        pollingInterval,
        cooldownPeriod,
        initialCooldownPeriod,
        otherMetric,
        activationThreshold);
  }
}

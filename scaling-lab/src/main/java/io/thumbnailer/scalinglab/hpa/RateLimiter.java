package io.thumbnailer.scalinglab.hpa;

/**
 * The limits that the rate policies of {@code spec.behavior} currently set for the number of
 * replicas.
 *
 * <p>The number of replicas at the start of a policy's period is the current one, minus the added
 * and plus the deleted ones since then.
 */
final class RateLimiter {
  private final ScaleEvents ups = new ScaleEvents();
  private final ScaleEvents downs = new ScaleEvents();

  void record(int before, int after, ScalingBehavior behavior, long nowMillis) {
    if (after > before) {
      ups.add(after - before, nowMillis, behavior.scaleUp().longestPeriodSeconds());
    } else if (after < before) {
      downs.add(before - after, nowMillis, behavior.scaleDown().longestPeriodSeconds());
    }
  }

  /** The most replicas allowed; never below the current number. */
  int ceiling(int currentReplicas, ScalingRules rules, long nowMillis) {
    if (rules.selectPolicy() == ScalingRules.SelectPolicy.DISABLED) {
      return currentReplicas;
    }
    boolean smallest = rules.selectPolicy() == ScalingRules.SelectPolicy.MIN;
    int result = smallest ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    for (ScalingPolicy policy : rules.policies()) {
      int allowed = policy.ceiling(periodStart(currentReplicas, policy, nowMillis));
      result = smallest ? Math.min(result, allowed) : Math.max(result, allowed);
    }
    return Math.max(result, currentReplicas);
  }

  /** The fewest replicas allowed; never above the current number. */
  int floor(int currentReplicas, ScalingRules rules, long nowMillis) {
    if (rules.selectPolicy() == ScalingRules.SelectPolicy.DISABLED) {
      return currentReplicas;
    }
    boolean smallest = rules.selectPolicy() == ScalingRules.SelectPolicy.MIN;
    int result = smallest ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    for (ScalingPolicy policy : rules.policies()) {
      int allowed = policy.floor(periodStart(currentReplicas, policy, nowMillis));
      result = smallest ? Math.max(result, allowed) : Math.min(result, allowed);
    }
    return Math.min(result, currentReplicas);
  }

  private int periodStart(int currentReplicas, ScalingPolicy policy, long nowMillis) {
    return currentReplicas
        - ups.changedWithin(policy.periodSeconds(), nowMillis)
        + downs.changedWithin(policy.periodSeconds(), nowMillis);
  }
}

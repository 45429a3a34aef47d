package io.thumbnailer.scalinglab.hpa;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One direction of {@code spec.behavior}, with defaults for everything that the manifest omits.
 *
 * @param stabilizationWindowSeconds how long old recommendations count, 0 to 3600; empty takes the
 *     controller's setting (only for scaling down)
 * @param selectPolicy which of the policies counts
 * @param policies at least one
 * @param tolerance of this direction; empty takes the controller's setting
 */
public record ScalingRules(
    OptionalInt stabilizationWindowSeconds,
    SelectPolicy selectPolicy,
    List<ScalingPolicy> policies,
    OptionalDouble tolerance) {

  /** Which of several policies counts. */
  public enum SelectPolicy {
    /** The one that allows the greatest change. */
    MAX,
    /** The one that allows the smallest change. */
    MIN,
    /** No change in this direction at all. */
    DISABLED
  }

  /** The defaults of Kubernetes for {@code scaleUp}. */
  public static final ScalingRules DEFAULT_UP =
      new ScalingRules(
          OptionalInt.of(0),
          SelectPolicy.MAX,
          List.of(ScalingPolicy.pods(4, 15), ScalingPolicy.percent(100, 15)),
          OptionalDouble.empty());

  /** The defaults of Kubernetes for {@code scaleDown}. */
  public static final ScalingRules DEFAULT_DOWN =
      new ScalingRules(
          OptionalInt.empty(),
          SelectPolicy.MAX,
          List.of(ScalingPolicy.percent(100, 15)),
          OptionalDouble.empty());

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public ScalingRules {
    policies = List.copyOf(policies);
    if (policies.isEmpty()) {
      throw new IllegalArgumentException("scaling rules need at least one policy");
    }
    int window = stabilizationWindowSeconds.orElse(0);
    if (window < 0 || window > 3600) {
      throw new IllegalArgumentException("the stabilization window must be 0 to 3600 s");
    }
    if (tolerance.isPresent() && !(tolerance.getAsDouble() >= 0)) {
      throw new IllegalArgumentException("the tolerance must not be negative");
    }
  }

  /** Returns a copy with another stabilization window. */
  public ScalingRules withWindow(int seconds) {
    return new ScalingRules(OptionalInt.of(seconds), selectPolicy, policies, tolerance);
  }

  /** Returns a copy with other policies, of which {@code select} counts. */
  public ScalingRules withPolicies(SelectPolicy select, ScalingPolicy... others) {
    return new ScalingRules(stabilizationWindowSeconds, select, List.of(others), tolerance);
  }

  int longestPeriodSeconds() {
    int longest = 0;
    for (ScalingPolicy policy : policies) {
      longest = Math.max(longest, policy.periodSeconds());
    }
    return longest;
  }
}

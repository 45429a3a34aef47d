package io.thumbnailer.scalinglab.hpa;

import java.time.Duration;

/**
 * What a cluster's operator sets for all autoscalers by flags of {@code kube-controller-manager}.
 *
 * @param syncPeriod between two decisions ({@code --horizontal-pod-autoscaler-sync-period})
 * @param tolerance how far a usage ratio may be from 1 without a change, for a spec that has none
 *     of its own ({@code --horizontal-pod-autoscaler-tolerance})
 * @param cpuInitializationPeriod since a pod's start, in which its CPU counts only while it is
 *     ready and was so for a whole sample ({@code
 *     --horizontal-pod-autoscaler-cpu-initialization-period})
 * @param initialReadinessDelay since a pod's start, in which a change to unready is taken as "was
 *     never ready" ({@code --horizontal-pod-autoscaler-initial-readiness-delay})
 * @param downscaleStabilization window for scaling down of a spec that has none of its own ({@code
 *     --horizontal-pod-autoscaler-downscale-stabilization})
 */
public record ControllerSettings(
    Duration syncPeriod,
    double tolerance,
    Duration cpuInitializationPeriod,
    Duration initialReadinessDelay,
    Duration downscaleStabilization) {

  /** The defaults of Kubernetes. */
  public static final ControllerSettings DEFAULTS =
      new ControllerSettings(
          Duration.ofSeconds(15),
          0.1,
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5));

  /** Throws {@link IllegalArgumentException} when a value is out of its range. */
  public ControllerSettings {
    if (syncPeriod.isNegative() || syncPeriod.isZero()) {
      throw new IllegalArgumentException("the sync period must be positive");
    }
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("the tolerance must be from 0 to below 1");
    }
  }
}

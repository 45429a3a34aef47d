package io.thumbnailer.scalinglab.hpa;

import java.time.Duration;

/**
 * The settings for all autoscalers of a cluster, by flags of {@code kube-controller-manager}.
 *
 * @param syncPeriod between two decisions ({@code --horizontal-pod-autoscaler-sync-period})
 * @param tolerance how far a usage ratio may be from 1 without a change, for a spec that has none
 *     of its own ({@code --horizontal-pod-autoscaler-tolerance})
 * @param cpuInitializationPeriod since a pod's start, in which its CPU counts only while it is
 *     ready and was so for a whole sample ({@code
 *     --horizontal-pod-autoscaler-cpu-initialization-period})
 * @param initialReadinessDelay since a pod's start, in which a change to unready counts as "was
 *     never ready" ({@code --horizontal-pod-autoscaler-initial-readiness-delay})
 * @param downscaleStabilization window for scaling down of a spec that has none of its own ({@code
 *     --horizontal-pod-autoscaler-downscale-stabilization})
 * @param kubernetesMinor version of Kubernetes, the number after {@code 1.}
 */
public record ControllerSettings(
    Duration syncPeriod,
    double tolerance,
    Duration cpuInitializationPeriod,
    Duration initialReadinessDelay,
    Duration downscaleStabilization,
    int kubernetesMinor) {

  private static final int TWO_TOLERANCES = 33;
  private static final int CONFIGURABLE_TOLERANCE = 35;

  /** The defaults of Kubernetes 1.35. */
  public static final ControllerSettings DEFAULTS = forKubernetes(CONFIGURABLE_TOLERANCE);

  /**
   * The defaults of a version of Kubernetes.
   *
   * @param minor the number after {@code 1.}
   */
  public static ControllerSettings forKubernetes(int minor) {
    return new ControllerSettings(
        Duration.ofSeconds(15),
        0.1,
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        minor);
  }

  /**
   * Whether the tolerances of {@code spec.behavior} count: the feature gate
   * HPAConfigurableTolerance is alpha and off by default in 1.33 and 1.34, and on by default from
   * 1.35.
   */
  public boolean configurableTolerance() {
    return kubernetesMinor >= CONFIGURABLE_TOLERANCE;
  }

  /**
   * Both tolerances as this version compares them: until 1.32 the distance from 1, which is
   * rounded, so that a ratio of 1.1 is outside a tolerance of 0.1.
   */
  public Tolerance tolerance(double down, double up) {
    return new Tolerance(down, up, kubernetesMinor < TWO_TOLERANCES);
  }

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public ControllerSettings {
    if (syncPeriod.isNegative() || syncPeriod.isZero()) {
      throw new IllegalArgumentException("the sync period must be positive");
    }
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("the tolerance must be from 0 to below 1");
    }
  }
}

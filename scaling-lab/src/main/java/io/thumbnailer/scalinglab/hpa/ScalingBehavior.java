package io.thumbnailer.scalinglab.hpa;

/**
 * {@code spec.behavior} with its defaults filled in.
 *
 * @param scaleUp rules for more replicas
 * @param scaleDown rules for fewer replicas
 */
public record ScalingBehavior(ScalingRules scaleUp, ScalingRules scaleDown) {
  /** The defaults of Kubernetes for an empty {@code behavior}. */
  public static final ScalingBehavior DEFAULT =
      new ScalingBehavior(ScalingRules.DEFAULT_UP, ScalingRules.DEFAULT_DOWN);
}

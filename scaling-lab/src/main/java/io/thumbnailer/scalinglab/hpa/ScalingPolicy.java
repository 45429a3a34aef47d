package io.thumbnailer.scalinglab.hpa;

/**
 * A limit on the change within a period.
 *
 * @param type what {@code value} counts
 * @param value pods, or per cent of the replicas at the period's start; at least 1
 * @param periodSeconds 1 to 1800
 */
public record ScalingPolicy(Type type, int value, int periodSeconds) {
  /** What a policy's value counts. */
  public enum Type {
    /** A number of pods. */
    PODS,
    /** Per cent of the replicas at the start of the period. */
    PERCENT
  }

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public ScalingPolicy {
    if (value < 1) {
      throw new IllegalArgumentException("a policy's value must be positive");
    }
    if (periodSeconds < 1 || periodSeconds > 1800) {
      throw new IllegalArgumentException("a policy's period must be 1 to 1800 s");
    }
  }

  /** A policy in pods. */
  public static ScalingPolicy pods(int value, int periodSeconds) {
    return new ScalingPolicy(Type.PODS, value, periodSeconds);
  }

  /** A policy in per cent. */
  public static ScalingPolicy percent(int value, int periodSeconds) {
    return new ScalingPolicy(Type.PERCENT, value, periodSeconds);
  }

  /**
   * The most replicas to scale up to. Rounded up, because a small percentage of few replicas would
   * otherwise never scale.
   */
  int ceiling(int periodStartReplicas) {
    return type == Type.PODS
        ? periodStartReplicas + value
        : (int) Math.ceil(periodStartReplicas * (1 + value / 100.0));
  }

  /** The fewest replicas to scale down to, truncated towards zero. */
  int floor(int periodStartReplicas) {
    return type == Type.PODS
        ? periodStartReplicas - value
        : (int) (periodStartReplicas * (1 - value / 100.0));
  }
}

package io.thumbnailer.scalinglab.hpa;

import java.util.Map;

/**
 * A pod as the autoscaler sees it.
 *
 * @param name unique among the pods
 * @param phase its phase
 * @param terminating whether its deletion was requested
 * @param startedMillis when its node accepted it; {@link #NEVER} while that is not known
 * @param readiness its Ready condition
 * @param readinessChangedMillis when the condition last changed
 * @param requestsMilli the requests of all its containers together, by resource, in thousandths
 */
public record PodStatus(
    String name,
    Phase phase,
    boolean terminating,
    long startedMillis,
    Readiness readiness,
    long readinessChangedMillis,
    Map<String, Long> requestsMilli) {

  /** An unknown time. */
  public static final long NEVER = Long.MIN_VALUE;

  /** {@code status.phase}. */
  public enum Phase {
    /** Not scheduled, or its containers do not run yet. */
    PENDING,
    /** At least one container runs or starts. */
    RUNNING,
    /** All containers ended, and none failed. */
    SUCCEEDED,
    /** All containers ended, and one failed. */
    FAILED
  }

  /** The condition of type Ready. */
  public enum Readiness {
    /** There is no such condition yet. */
    UNKNOWN,
    /** The readiness probe does not pass. */
    FALSE,
    /** The readiness probe passes. */
    TRUE
  }
}

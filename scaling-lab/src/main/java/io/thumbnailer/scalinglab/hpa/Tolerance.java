package io.thumbnailer.scalinglab.hpa;

/**
 * How far a usage ratio may be from 1 before the number of replicas changes.
 *
 * @param down below 1, as a part of 1, at least 0
 * @param up above 1, as a part of 1, at least 0
 * @param byDistance whether the distance from 1 is compared and not the ratio: the two differ for a
 *     ratio that is just at the tolerance
 */
public record Tolerance(double down, double up, boolean byDistance) {
  /** Throws {@link IllegalArgumentException} if a value is negative or not a number. */
  public Tolerance {
    if (!(down >= 0 && up >= 0)) {
      throw new IllegalArgumentException("tolerances must not be negative");
    }
  }

  /** Whether the ratio is close enough to 1 to change nothing; false for NaN. */
  boolean covers(double usageRatio) {
    return byDistance
        ? Math.abs(1.0 - usageRatio) <= (usageRatio < 1 ? down : up)
        : 1.0 - down <= usageRatio && usageRatio <= 1.0 + up;
  }
}

package io.thumbnailer.limit;

import java.time.Duration;

/**
 * A limit on a rate.
 *
 * @param perPeriod how many per period in the long run, at least 1
 * @param period positive
 * @param burst the most at once after a pause; at least 1
 */
public record Rate(long perPeriod, Duration period, long burst) {
  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public Rate {
    if (perPeriod < 1 || burst < 1 || period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("a rate needs positive numbers and a positive period");
    }
  }

  /** The time after which an empty bucket is full again, in whole seconds, rounded up. */
  public long secondsToFill() {
    return Math.max(1, ceilDiv(burst * period.toSeconds(), perPeriod));
  }

  private static long ceilDiv(long a, long b) {
    return Math.floorDiv(a + b - 1, b);
  }
}

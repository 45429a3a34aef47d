package io.thumbnailer.limit;

import java.time.Duration;

/**
 * A limit on an amount per time window.
 *
 * @param most in one window, at least 1
 * @param window whole windows since 1970, so that a day begins at midnight UTC; positive
 */
public record Quota(long most, Duration window) {
  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public Quota {
    if (most < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("a quota needs a positive number and a positive window");
    }
  }
}

package io.thumbnailer.devservices;

/**
 * The delay before an S3 server answers a call, uniformly distributed.
 *
 * @param leastMillis at least 0
 * @param mostMillis not below {@code leastMillis}
 */
public record S3Delay(long leastMillis, long mostMillis) {
  /** No delay. */
  public static final S3Delay NONE = new S3Delay(0, 0);

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public S3Delay {
    if (leastMillis < 0 || mostMillis < leastMillis) {
      throw new IllegalArgumentException(
          "the delay must be 0 <= least <= most, not " + leastMillis + " to " + mostMillis);
    }
  }
}

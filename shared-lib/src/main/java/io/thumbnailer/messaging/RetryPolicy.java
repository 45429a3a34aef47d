package io.thumbnailer.messaging;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter, after "Exponential Backoff And Jitter" (AWS Architecture
 * Blog, 2015): the delay is uniform between zero and {@code min(maxDelay, baseDelay * 2^(n-1))}.
 *
 * @param maxAttempts deliveries before a message becomes a dead letter, at least 1
 * @param baseDelay upper bound of the first delay
 * @param maxDelay upper bound of every delay
 * @param maxLostDeliveries how many consumers may stop responding while they handle a message
 *     before it becomes a dead letter; at least 1
 */
public record RetryPolicy(
    int maxAttempts, Duration baseDelay, Duration maxDelay, int maxLostDeliveries) {

  /** Creates a policy in which a lost consumer counts like any other failed attempt. */
  public RetryPolicy(int maxAttempts, Duration baseDelay, Duration maxDelay) {
    this(maxAttempts, baseDelay, maxDelay, maxAttempts);
  }

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public RetryPolicy {
    if (maxAttempts < 1
        || maxLostDeliveries < 1
        || baseDelay.isNegative()
        || maxDelay.compareTo(baseDelay) < 0) {
      throw new IllegalArgumentException(
          "a retry policy needs at least one attempt and 0 <= base delay <= max delay");
    }
  }

  /** The delay before the next delivery, after {@code failedAttempts} (at least 1). */
  public Duration delayAfter(int failedAttempts, RandomGenerator random) {
    int doublings = Math.min(failedAttempts - 1, 30);
    long bound = Math.min(maxDelay.toMillis(), baseDelay.toMillis() << doublings);
    return Duration.ofMillis(bound <= 0 ? 0 : random.nextLong(bound + 1));
  }
}

package io.thumbnailer.cli.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The delay before a request is repeated: the server's {@code Retry-After} (RFC 9110, section
 * 10.2.3), or exponential back-off with full jitter.
 */
final class RetryDelay {
  /** The program does not wait if the server asks for a longer delay. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 5;

  private final RandomGenerator random;

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The delay after {@code failures} (at least 1) answers of 429 or 503.
   *
   * @param retryAfter the header's value
   */
  Duration after(int failures, Optional<String> retryAfter, Instant now) {
    Duration backOff = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    Duration jittered = Duration.ofMillis(random.nextLong(backOff.toMillis() + 1));
    return retryAfter
        .flatMap(value -> parse(value.strip(), now))
        .map(asked -> asked.plus(jittered.dividedBy(2)))
        .orElse(jittered);
  }

  private static Optional<Duration> parse(String value, Instant now) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}

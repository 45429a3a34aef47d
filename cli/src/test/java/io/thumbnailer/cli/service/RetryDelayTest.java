package io.thumbnailer.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryDelayTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private final RetryDelay longest = new RetryDelay(always(Long.MAX_VALUE));
  private final RetryDelay shortest = new RetryDelay(always(0));

  @Test
  void theDelayIsAtLeastTheServersSeconds() {
    assertThat(shortest.after(1, Optional.of("7"), NOW)).isEqualTo(Duration.ofSeconds(7));
    assertThat(longest.after(1, Optional.of("7"), NOW)).isGreaterThan(Duration.ofSeconds(7));
  }

  @Test
  void theDelayEndsAtTheServersDate() {
    Optional<String> inAMinute = Optional.of("Tue, 24 Nov 2026 10:01:00 GMT");
    assertThat(shortest.after(1, inAMinute, NOW)).isEqualTo(Duration.ofMinutes(1));
    Optional<String> past = Optional.of("Tue, 24 Nov 2026 09:00:00 GMT");
    assertThat(shortest.after(1, past, NOW)).isZero();
  }

  @Test
  void withoutAReadableHeaderTheBackOffDoublesUpToABound() {
    assertThat(longest.after(1, Optional.empty(), NOW)).isEqualTo(Duration.ofMillis(500));
    assertThat(longest.after(3, Optional.of("soon"), NOW)).isEqualTo(Duration.ofSeconds(2));
    assertThat(longest.after(60, Optional.of("-1"), NOW)).isEqualTo(Duration.ofSeconds(16));
  }

  private static RandomGenerator always(long most) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return most;
      }

      @Override
      public long nextLong(long bound) {
        return Math.min(most, bound - 1);
      }
    };
  }
}

package io.thumbnailer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LocalRateLimiterTest {
  private static final Rate RATE = new Rate(10, Duration.ofSeconds(1), 3);
  private static final Quota QUOTA = new Quota(2, Duration.ofDays(1));

  private Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private final RateLimiter limiter =
      new LocalRateLimiter(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  @Test
  void allowsABurstAndThenTheRate() {
    assertThat(limiter.take("a", RATE).remaining()).isEqualTo(2);
    assertThat(limiter.take("a", RATE).remaining()).isEqualTo(1);
    assertThat(limiter.take("a", RATE).allowed()).isTrue();
    RateLimiter.Decision refused = limiter.take("a", RATE);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(100));
    assertThat(limiter.take("b", RATE).allowed()).isTrue();

    now = now.plusMillis(100);
    assertThat(limiter.take("a", RATE).allowed()).isTrue();
    assertThat(limiter.take("a", RATE).allowed()).isFalse();
  }

  @Test
  void aQuotaIsFullAgainInTheNextWindow() {
    assertThat(limiter.take("a", QUOTA, 2).allowed()).isTrue();
    RateLimiter.Decision refused = limiter.take("a", QUOTA, 1);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofHours(14));

    now = now.plus(Duration.ofHours(14));
    assertThat(limiter.take("a", QUOTA, 1).remaining()).isEqualTo(1);
  }
}

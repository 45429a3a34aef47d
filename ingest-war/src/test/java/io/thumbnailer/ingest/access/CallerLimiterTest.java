package io.thumbnailer.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.limit.LocalRateLimiter;
import io.thumbnailer.limit.Quota;
import io.thumbnailer.limit.Rate;
import io.thumbnailer.limit.RateLimiter;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallerLimiterTest {
  private static final Clock STOPPED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final CallerLimits TWO =
      new CallerLimits(
          Optional.of(new Rate(2, Duration.ofDays(1), 2)),
          Optional.of(new Quota(2, Duration.ofDays(1))));

  private final RateLimiter shared = new LocalRateLimiter(STOPPED);
  private final CurrentCaller current = new CurrentCaller();
  private boolean unreachable;
  private final CallerLimiter limiter =
      new CallerLimiter(messaging(), current, new JobOwnership(current));

  @Test
  void aCallerWithoutLimitsIsNeverRefused() {
    for (int i = 0; i < 10; i++) {
      assertThat(limiter.exceeded()).isEmpty();
      limiter.charge();
    }
    assertThat(current.reports()).isEmpty();
  }

  @Test
  void requestsBeyondTheRateAreRefusedAndReported() {
    current.set(new Caller("a", Role.CLIENT, TWO));
    assertThat(limiter.exceeded()).isEmpty();
    assertThat(limiter.exceeded()).isEmpty();

    assertThat(limiter.exceeded()).map(LimitReport::policy).contains("rate");
    assertThat(current.reports()).singleElement().extracting(LimitReport::most).isEqualTo(2L);
  }

  @Test
  void oneCallerDoesNotUseUpTheQuotaOfAnother() {
    current.set(new Caller("a", Role.CLIENT, TWO));
    limiter.charge();
    limiter.charge();
    assertThatThrownBy(limiter::charge)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("rate-limited"));

    current.set(new Caller("b", Role.CLIENT, TWO));
    assertThatCode(limiter::charge).doesNotThrowAnyException();
  }

  @Test
  void withoutRedisThisServerEnforcesTheSameLimits() {
    current.set(new Caller("a", Role.CLIENT, TWO));
    unreachable = true;
    limiter.charge();
    limiter.charge();
    assertThatThrownBy(limiter::charge).isInstanceOf(ProblemException.class);

    unreachable = false;
    assertThatCode(limiter::charge).as("Redis counted nothing yet").doesNotThrowAnyException();
  }

  private MessagingContext messaging() {
    return (MessagingContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {MessagingContext.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("rateLimiter")) {
                throw new UnsupportedOperationException(method.getName());
              }
              if (unreachable) {
                throw new MessagingException("Redis is unreachable");
              }
              return shared;
            });
  }
}

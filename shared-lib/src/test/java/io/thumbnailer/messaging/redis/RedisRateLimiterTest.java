package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.limit.Quota;
import io.thumbnailer.limit.Rate;
import io.thumbnailer.limit.RateLimiter;
import io.thumbnailer.limit.RateLimiter.Decision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisRateLimiterTest {
  /** So slow that no token is refilled during a test. */
  private static final Rate FIVE = new Rate(5, Duration.ofDays(1), 5);

  @TempDir private static Path data;
  private static RedisServer redis;

  private final RedisMessagingContext oneServer = newContext();
  private final RedisMessagingContext otherServer = newContext();
  private final String subject = UUID.randomUUID().toString();

  @BeforeAll
  static void startRedis() {
    redis = RedisServer.start(LocalPort.free(), data);
  }

  @AfterAll
  static void stopRedis() {
    redis.stop();
  }

  @AfterEach
  void close() {
    oneServer.close();
    otherServer.close();
  }

  @Test
  void afterItsBurstASubjectWaitsForOneToken() {
    RateLimiter limiter = oneServer.rateLimiter();
    for (int left = 4; left >= 0; left--) {
      Decision decision = limiter.take(subject, FIVE);
      assertThat(decision.allowed()).isTrue();
      assertThat(decision.remaining()).isEqualTo(left);
    }

    Decision refused = limiter.take(subject, FIVE);

    assertThat(refused.allowed()).isFalse();
    assertThat(refused.remaining()).isZero();
    assertThat(refused.retryAfter())
        .isBetween(
            Duration.ofDays(1).dividedBy(5).minusMinutes(5), Duration.ofDays(1).dividedBy(5));
    assertThat(limiter.take("another-" + subject, FIVE).allowed()).isTrue();
  }

  @Test
  void tokensAreReplenishedOverTime() throws InterruptedException {
    Rate quick = new Rate(20, Duration.ofSeconds(1), 1);
    RateLimiter limiter = oneServer.rateLimiter();
    assertThat(limiter.take(subject, quick).allowed()).isTrue();

    Thread.sleep(100);

    assertThat(limiter.take(subject, quick).allowed()).isTrue();
  }

  @Test
  void serversTogetherAllowNoMoreThanOneServer() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Future<Decision>> decisions = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        RateLimiter limiter = (i % 2 == 0 ? oneServer : otherServer).rateLimiter();
        decisions.add(executor.submit(() -> limiter.take(subject, FIVE)));
      }
      int allowed = 0;
      for (Future<Decision> decision : decisions) {
        allowed += decision.get().allowed() ? 1 : 0;
      }
      assertThat(allowed).isEqualTo(5);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aQuotaIsTakenCompletelyOrNotAtAll() {
    Quota ten = new Quota(10, Duration.ofDays(1));
    RateLimiter limiter = oneServer.rateLimiter();

    assertThat(limiter.take(subject, ten, 8).remaining()).isEqualTo(2);
    Decision refused = limiter.take(subject, ten, 3);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.remaining()).isEqualTo(2);
    assertThat(refused.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
    assertThat(otherServer.rateLimiter().take(subject, ten, 2).allowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a}:rate", "{x}", "über uns", "auth0|5f7c8ec7c33c6c004bbafe82", ""})
  void aSubjectMayBeAnyText(String text) {
    Rate rate = new Rate(1, Duration.ofDays(1), 1);
    assertThat(oneServer.rateLimiter().take(text + subject, rate).allowed()).isTrue();
    assertThat(oneServer.rateLimiter().take(text + subject, rate).allowed()).isFalse();
  }

  private static RedisMessagingContext newContext() {
    return RedisMessagingContext.connect(
        new RedisSettings(
            redis.uri().toString(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            "test",
            Duration.ofHours(1),
            Duration.ofHours(2)));
  }
}

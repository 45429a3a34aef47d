package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MinuteRateTest {
  @Test
  void duringTheFirstMinuteTheRateIsThatSinceTheStart() {
    MinuteRate rate = new MinuteRate(seconds(0));
    assertThat(rate.perMinute(seconds(0), 0)).isZero();
    assertThat(rate.perMinute(seconds(6), 3)).isEqualTo(30);
    assertThat(rate.perMinute(seconds(12), 3)).isEqualTo(15);
  }

  @Test
  void eventsOlderThanAMinuteDoNotCount() {
    MinuteRate rate = new MinuteRate(seconds(0));
    double perMinute = rate.perMinute(seconds(5), 600);
    assertThat(perMinute).isEqualTo(7200);
    for (int second = 10; second <= 60; second += 5) {
      perMinute = rate.perMinute(seconds(second), 600);
    }
    assertThat(perMinute).isEqualTo(600);
    assertThat(rate.perMinute(seconds(65), 600)).isZero();
    assertThat(rate.perMinute(seconds(70), 610)).isEqualTo(10);
  }

  private static long seconds(long seconds) {
    return Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(10) + TimeUnit.SECONDS.toNanos(seconds);
  }
}

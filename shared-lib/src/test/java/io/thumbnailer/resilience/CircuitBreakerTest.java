package io.thumbnailer.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private final AtomicBoolean away = new AtomicBoolean(true);
  private final AtomicInteger probes = new AtomicInteger();
  private final CircuitBreaker breaker =
      new CircuitBreaker("test", this::probe, Duration.ofMillis(5));

  private void probe() {
    probes.incrementAndGet();
    if (away.get()) {
      throw new IllegalStateException("away");
    }
  }

  @Test
  void opensAfterAFailureAndClosesAfterASuccessfulProbe() {
    assertThat(breaker.isOpen()).isFalse();

    breaker.trip();
    await().until(() -> probes.get() > 3);
    assertThat(breaker.isOpen()).isTrue();

    away.set(false);
    await().until(() -> !breaker.isOpen());
  }

  @Test
  void doesNotProbeWhileCallsSucceed() {
    away.set(false);
    breaker.trip();
    await().until(() -> !breaker.isOpen());

    assertThat(probes).hasValue(1);
  }

  @Test
  void stopsProbingWhenItIsClosed() {
    breaker.trip();
    breaker.close();

    await().until(() -> !breaker.isOpen());
    breaker.trip();
    assertThat(breaker.isOpen()).isFalse();
  }
}

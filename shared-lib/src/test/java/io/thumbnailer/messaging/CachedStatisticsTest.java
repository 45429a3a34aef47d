package io.thumbnailer.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CachedStatisticsTest {
  private static final QueueStatistics EMPTY =
      new QueueStatistics(Map.of(), 0, 0, 0, Duration.ZERO, 0, 0, 0, 0);

  private final AtomicInteger questions = new AtomicInteger();

  private CachedStatistics over(Duration fresh, Supplier<QueueStatistics> broker) {
    MessageBrowser browser =
        (MessageBrowser)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MessageBrowser.class},
                (proxy, method, arguments) -> {
                  questions.incrementAndGet();
                  return broker.get();
                });
    return new CachedStatistics(browser, fresh);
  }

  @Test
  void concurrentReadersShareAFailedQuery() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CachedStatistics statistics =
        over(
            Duration.ofMillis(1),
            () -> {
              CompletableFuture.runAsync(
                      () -> {
                        try {
                          hanging.await();
                        } catch (InterruptedException e) {
                          Thread.currentThread().interrupt();
                        }
                      })
                  .join();
              throw new MessagingException("hung");
            });
    ExecutorService readers = Executors.newFixedThreadPool(20);
    List<Future<?>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(readers.submit(statistics::get));
    }
    await().until(() -> questions.get() == 1);
    hanging.countDown();
    for (Future<?> answer : answers) {
      assertThatThrownBy(answer::get).hasCauseInstanceOf(MessagingException.class);
    }
    assertThat(questions).hasValue(1);
    readers.shutdownNow();
  }

  @Test
  void anAnswerIsReusedWhileItIsFresh() {
    CachedStatistics statistics = over(Duration.ofHours(1), () -> EMPTY);

    assertThat(statistics.get()).isEqualTo(EMPTY);
    assertThat(statistics.get()).isEqualTo(EMPTY);
    assertThat(questions).hasValue(1);
  }

  @Test
  void anOldAnswerIsReplacedByANewQuery() {
    CachedStatistics statistics = over(Duration.ZERO, () -> EMPTY);

    assertThat(statistics.get()).isEqualTo(EMPTY);
    assertThat(statistics.get()).isEqualTo(EMPTY);
    assertThat(questions).hasValue(2);
  }
}

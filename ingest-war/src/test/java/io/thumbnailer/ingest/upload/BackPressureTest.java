package io.thumbnailer.ingest.upload;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.ingest.fakes.FakeQueue;
import io.thumbnailer.ingest.http.QueueFullException;
import io.thumbnailer.messaging.CachedStatistics;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class BackPressureTest {
  private final FakeQueue queue = new FakeQueue();

  @Test
  void uploadsAreAdmittedBelowTheLimitAndRefusedAtIt() {
    queue.setStatistics(FakeQueue.statistics(999, 0, 10));
    assertThatCode(() -> backPressure(1_000).admit()).doesNotThrowAnyException();

    queue.setStatistics(FakeQueue.statistics(1_000, 0, 10));
    assertRefusedFor(5, 1_000);
  }

  @Test
  void jobsThatWaitForARetryCountToo() {
    queue.setStatistics(FakeQueue.statistics(400, 600, 10));

    assertRefusedFor(5, 1_000);
  }

  @Test
  void retryAfterIsTheTimeInWhichWorkersFreeCapacity() {
    queue.setStatistics(FakeQueue.statistics(1_500, 0, 10));
    assertRefusedFor(55, 1_000);

    queue.setStatistics(FakeQueue.statistics(1_000, 0, 0.5));
    assertRefusedFor(100, 1_000);
  }

  @Test
  void retryAfterIsNeitherZeroNorUnlimited() {
    queue.setStatistics(FakeQueue.statistics(10, 0, 1_000));
    assertRefusedFor(1, 10);

    queue.setStatistics(FakeQueue.statistics(10, 0, 0));
    assertRefusedFor(300, 10);

    queue.setStatistics(FakeQueue.statistics(1_000_000, 0, 1));
    assertRefusedFor(300, 10);
  }

  @Test
  void uploadsAreAdmittedWhileTheQueueIsUnreachable() {
    queue.setStatistics(FakeQueue.statistics(1_000, 0, 10));
    queue.setUnreachable(true);

    assertThatCode(() -> backPressure(10).admit()).doesNotThrowAnyException();
  }

  private void assertRefusedFor(long seconds, long limit) {
    assertThatThrownBy(() -> backPressure(limit).admit())
        .asInstanceOf(InstanceOfAssertFactories.type(QueueFullException.class))
        .extracting(QueueFullException::retryAfter)
        .isEqualTo(seconds);
  }

  private BackPressure backPressure(long limit) {
    return new BackPressure(new CachedStatistics(queue, Duration.ZERO), limit);
  }
}

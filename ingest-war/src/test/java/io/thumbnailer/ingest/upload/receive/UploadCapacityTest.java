package io.thumbnailer.ingest.upload.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thumbnailer.ingest.http.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UploadCapacityTest {
  private static final int PERMITS = 3;
  private static final long DISK = 1000;

  private static final Optional<String> CALLER = Optional.empty();

  private final UploadCapacity capacity =
      new UploadCapacity(new UploadLimits(PERMITS, 2, DISK, Duration.ofMinutes(1)));

  @Test
  void anUploadBeyondTheLimitIsRefusedUntilAnotherEnds() {
    List<UploadCapacity.Share> shares = new ArrayList<>();
    for (int i = 0; i < PERMITS; i++) {
      shares.add(capacity.begin(CALLER, -1));
    }
    assertOverloaded(() -> capacity.begin(CALLER, -1));

    shares.get(0).close();
    shares.get(0).close(); // twice gives back once

    shares.set(0, capacity.begin(CALLER, -1));
    assertOverloaded(() -> capacity.begin(CALLER, -1));
    shares.forEach(UploadCapacity.Share::close);
  }

  @Test
  void oneCallerCannotTakeAllPermits() {
    Optional<String> greedy = Optional.of("greedy");
    UploadCapacity.Share one = capacity.begin(greedy, -1);
    UploadCapacity.Share two = capacity.begin(greedy, -1);
    assertOverloaded(() -> capacity.begin(greedy, -1));

    capacity.begin(Optional.of("other"), -1).close();
    one.close();
    capacity.begin(greedy, -1).close();
    two.close();
  }

  @Test
  void uploadsTogetherNeverExceedTheDiskLimit() {
    try (UploadCapacity.Share one = capacity.begin(CALLER, -1);
        UploadCapacity.Share other = capacity.begin(CALLER, -1)) {
      one.take(600);
      other.take(400);
      assertOverloaded(() -> other.take(1));
      assertOverloaded(() -> capacity.begin(CALLER, 1));
      one.giveBack(100);
      other.take(100);
    }
    assertAllFree();
  }

  @Test
  void announcedBytesDoNotCountUntilTheyArrive() {
    try (UploadCapacity.Share greedy = capacity.begin(CALLER, DISK);
        UploadCapacity.Share other = capacity.begin(CALLER, DISK)) {
      other.take(DISK);
      assertOverloaded(() -> greedy.take(1));
    }
    assertAllFree();
  }

  @Test
  void aRefusedUploadTakesNoPermit() {
    for (int i = 0; i < 2 * PERMITS; i++) {
      assertOverloaded(() -> capacity.begin(CALLER, DISK + 1));
    }
    assertAllFree();
  }

  @Test
  void manyThreadsNeverExceedTheLimitAndReleaseEverything() throws Exception {
    AtomicLong used = new AtomicLong();
    AtomicLong most = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      running.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 5000; i++) {
                  useAll(used, most);
                }
              }));
    }
    for (Future<?> thread : running) {
      thread.get();
    }
    threads.shutdown();
    assertThat(most.get()).isBetween(1L, DISK);
    assertAllFree();
  }

  private void useAll(AtomicLong used, AtomicLong most) {
    long mine = 0;
    try (UploadCapacity.Share share = capacity.begin(CALLER, -1)) {
      try {
        while (true) {
          share.take(97);
          mine += 97;
          most.accumulateAndGet(used.addAndGet(97), Math::max);
        }
      } finally {
        used.addAndGet(-mine);
      }
    } catch (ProblemException e) {
      assertThat(e.problem().code()).isEqualTo("overloaded");
    }
  }

  private void assertAllFree() {
    List<UploadCapacity.Share> shares = new ArrayList<>();
    for (int i = 0; i < PERMITS; i++) {
      shares.add(capacity.begin(CALLER, DISK));
    }
    shares.get(0).take(DISK);
    shares.forEach(UploadCapacity.Share::close);
  }

  private static void assertOverloaded(ThrowingCallable call) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("overloaded"));
  }
}

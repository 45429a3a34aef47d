package io.thumbnailer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParallelCallsTest {
  private static final List<Callable<String>> CALLS = List.of(() -> "a", () -> "b", () -> "c");

  @Test
  void callsRunAtTheSameTime() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    Callable<Integer> call = () -> together.await(50, TimeUnit.SECONDS);
    var executor = Executors.newFixedThreadPool(2);
    try {
      assertThat(new ParallelCalls(executor).run(List.of(call, call, call)))
          .containsExactlyInAnyOrder(0, 1, 2);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void callsThatTheExecutorNeverStartsRunOnTheCallersThread() throws Exception {
    List<Runnable> queued = new ArrayList<>();
    assertThat(new ParallelCalls(queued::add).run(CALLS)).containsExactly("a", "b", "c");
    assertThat(queued).hasSize(2);
    queued.forEach(Runnable::run);
  }

  @Test
  void callsRunAfterTheExecutorHasStopped() throws Exception {
    ParallelCalls calls =
        new ParallelCalls(
            task -> {
              throw new RejectedExecutionException("stopped");
            });
    assertThat(calls.run(CALLS)).containsExactly("a", "b", "c");
  }

  @Test
  void aFailureIsReportedWithItsCause() {
    IllegalStateException failure = new IllegalStateException("failed");
    Callable<String> failing =
        () -> {
          throw failure;
        };
    assertThatThrownBy(() -> new ParallelCalls(Runnable::run).run(List.of(failing, () -> "b")))
        .isInstanceOf(ExecutionException.class)
        .hasCause(failure);
  }
}

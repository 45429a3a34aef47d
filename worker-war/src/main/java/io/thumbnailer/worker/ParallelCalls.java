package io.thumbnailer.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Makes several calls at the same time: on the caller's thread, and on an executor as far as it has
 * free threads. A call that the executor has not started yet runs on the caller's thread. Otherwise
 * jobs that occupy all threads of the executor would wait forever for calls that are queued behind
 * them: Open Liberty's pool, which is used on Java 17, does not grow while the processors are busy.
 */
final class ParallelCalls {
  private final Executor executor;

  ParallelCalls(Executor executor) {
    this.executor = executor;
  }

  /**
   * Returns the results in the order of the calls.
   *
   * @throws ExecutionException if a call failed; further calls may still be running
   */
  <T> List<T> run(List<Callable<T>> calls) throws InterruptedException, ExecutionException {
    List<FutureTask<T>> tasks = calls.stream().map(FutureTask::new).toList();
    tasks.stream().skip(1).forEach(this::start);
    tasks.forEach(FutureTask::run); // does nothing if a task has been started
    List<T> results = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      results.add(task.get());
    }
    return results;
  }

  private void start(FutureTask<?> task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.run(); // the server is stopping, but the call is still made
    }
  }
}

package io.thumbnailer.imaging.decode;

import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs each decode on its own thread, so that the job can continue when the time is over, whatever
 * the decoder does. A decoder that ignores the request to stop counts as abandoned until it ends:
 * Java cannot stop a thread by force, but a failing liveness check can end the process.
 */
public final class DecodeThread {
  private static final System.Logger LOG = System.getLogger(DecodeThread.class.getName());

  /** How long a decoder has to react to the request to stop. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final AtomicInteger abandoned = new AtomicInteger();

  /** The number of decoders that are still running although they exceeded their time limit. */
  public int abandoned() {
    return abandoned.get();
  }

  /**
   * Runs the work and waits for its result.
   *
   * @param memory reserved until the thread ends, even if that is after this call
   * @param stop requests the work to end
   * @throws TimeoutException if the limit has passed
   * @throws ExecutionException with whatever the work throws, including errors, as its cause
   */
  public <T> T run(Duration limit, DecodeMemoryBudget.Grant memory, Callable<T> work, Runnable stop)
      throws InterruptedException, TimeoutException, ExecutionException {
    FutureTask<T> task = new FutureTask<>(work);
    memory.retain();
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } finally {
                memory.close();
              }
            },
            "decode");
    thread.setDaemon(true);
    thread.start();
    boolean finished = false;
    try {
      T result = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      finished = true;
      return result;
    } catch (ExecutionException e) {
      finished = true;
      throw e;
    } finally {
      if (!finished) {
        stop(thread, stop);
      }
    }
  }

  private void stop(Thread thread, Runnable stop) {
    stop.run();
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(GRACE.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (thread.isAlive()) {
      abandoned.incrementAndGet();
      LOG.log(System.Logger.Level.ERROR, "a decoder did not stop and was abandoned");
      Thread watch =
          new Thread(
              () -> {
                try {
                  thread.join();
                  abandoned.decrementAndGet();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "decode-abandoned");
      watch.setDaemon(true);
      watch.start();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

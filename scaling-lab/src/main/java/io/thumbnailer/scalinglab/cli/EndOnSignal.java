package io.thumbnailer.scalinglab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a thread clean up when the process receives a signal to end. Otherwise the JVM would end
 * without it, and the servers that it started would keep running. The thread creates this object
 * before the resources to clean up, and closes it after them.
 */
final class EndOnSignal implements AutoCloseable {
  private static final long LONGEST_SECONDS = 60;

  private final CountDownLatch tidy = new CountDownLatch(1);
  private final Thread hook;

  /** Interrupts the calling thread when the signal arrives. */
  EndOnSignal() {
    Thread caller = Thread.currentThread();
    this.hook =
        new Thread(
            () -> {
              caller.interrupt();
              try {
                var unused = tidy.await(LONGEST_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "end-on-signal");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The clean-up is complete. */
  @Override
  public void close() {
    tidy.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is already ending
    }
  }
}

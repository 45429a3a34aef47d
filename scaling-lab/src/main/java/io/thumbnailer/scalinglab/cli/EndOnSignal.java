package io.thumbnailer.scalinglab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a thread tidy up when the process is asked to end. Java's own way ends the process without
 * it, and whatever servers it has started would go on. Made by that thread before what it has to
 * tidy up, and closed after that.
 */
final class EndOnSignal implements AutoCloseable {
  private static final long LONGEST_SECONDS = 60;

  private final CountDownLatch tidy = new CountDownLatch(1);
  private final Thread hook;

  /** For the thread that calls this: it is interrupted by the signal. */
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

  /** All is tidy. */
  @Override
  public void close() {
    tidy.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending: the hook is what made us come here
    }
  }
}

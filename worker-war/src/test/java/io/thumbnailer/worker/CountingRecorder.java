package io.thumbnailer.worker;

import io.thumbnailer.messaging.Delivery;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts renderings and the results of attempts, even of a process that is killed later. */
final class CountingRecorder implements JobRecorder {
  private final AtomicInteger rendered = new AtomicInteger();
  private final Optional<OutputStream> tally;

  /** Writes each event as a line, unbuffered, when there is a tally. */
  CountingRecorder(Optional<OutputStream> tally) {
    this.tally = tally;
  }

  int rendered() {
    return rendered.get();
  }

  private synchronized void note(String event) {
    if (tally.isPresent()) {
      try {
        tally.get().write((event + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Attempt begin(Delivery delivery) {
    return new CountedAttempt();
  }

  private final class CountedAttempt implements Attempt {
    @Override
    public <T> T stage(String name, Callable<T> work) throws Exception {
      T result = work.call();
      if (name.equals("render")) {
        rendered.incrementAndGet();
        note("rendered");
      }
      return result;
    }

    @Override
    public void ended(String part, Duration took) {
      // the stage is sufficient
    }

    @Override
    public void done() {
      note("done");
    }

    @Override
    public void failed() {
      note("failed");
    }

    @Override
    public void retried() {
      note("retried");
    }

    @Override
    public void handedBack() {
      note("handed-back");
    }

    @Override
    public void leaseLost() {
      note("lease-lost");
    }
  }
}

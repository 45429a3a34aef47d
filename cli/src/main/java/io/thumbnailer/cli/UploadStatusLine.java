package io.thumbnailer.cli;

import io.thumbnailer.cli.terminal.Output;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows the progress of an upload, several times a second, until it is closed. */
final class UploadStatusLine {
  private static final long PERIOD_MILLIS = 200;

  private final Output output;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "status-line");
            thread.setDaemon(true);
            return thread;
          });

  /** Shows nothing unless the output is interactive. */
  UploadStatusLine(Output output, boolean wanted, UploadTally tally, UploadMessages messages) {
    this.output = output;
    if (wanted && output.isInteractive()) {
      int columns = output.statusColumns();
      var unused =
          clock.scheduleAtFixedRate(
              () -> output.status(messages.status(tally.snapshot(), columns)),
              0,
              PERIOD_MILLIS,
              TimeUnit.MILLISECONDS);
    }
  }

  /** Removes the status line. */
  void close() {
    clock.shutdownNow();
    try {
      clock.awaitTermination(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    output.clearStatus();
  }
}

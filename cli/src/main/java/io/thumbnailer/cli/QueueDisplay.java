package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import io.thumbnailer.cli.terminal.StyledText;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The queue as rows of a table, one at each interval. */
final class QueueDisplay {
  private static final String HEADING =
      "%-8s %8s %9s %8s %6s %8s %9s %9s %8s"
          .formatted(
              "time",
              "backlog",
              "in flight",
              "retrying",
              "dead",
              "oldest",
              "in/s",
              "out/s",
              "workers");
  private static final int ROWS_PER_HEADING = 20;

  private final Service service;
  private final Output output;

  QueueDisplay(Service service, Output output) {
    this.service = service;
    this.output = output;
  }

  /** Shows rows until the program is interrupted. */
  void run(Duration interval) throws CliException, InterruptedException {
    Interruption.onExit(output, () -> {});
    for (int row = 0; ; row = (row + 1) % ROWS_PER_HEADING) {
      JsonNode queue = service.queue();
      if (row == 0) {
        output.note(HEADING);
      }
      output.result(queue, new StyledText().add(row(queue, LocalTime.now(ZoneId.systemDefault()))));
      Thread.sleep(interval.toMillis());
    }
  }

  static String row(JsonNode queue, LocalTime now) {
    long backlog = 0;
    for (JsonNode lane : queue.path("backlog")) {
      backlog += lane.asLong();
    }
    return String.format(
        Locale.ROOT,
        "%-8s %8d %9d %8d %6d %7.1fs %9.1f %9.1f %8d",
        now.truncatedTo(ChronoUnit.SECONDS),
        backlog,
        queue.path("inFlight").asLong(),
        queue.path("delayed").asLong(),
        queue.path("deadLetters").asLong(),
        queue.path("oldestAgeSeconds").asDouble(),
        queue.path("arrivalRate").asDouble(),
        queue.path("serviceRate").asDouble(),
        queue.path("workers").path("count").asLong());
  }
}

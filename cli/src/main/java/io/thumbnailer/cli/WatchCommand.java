package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows jobs until they have ended, or the queue. */
@Command(
    name = "watch",
    description = {
      "Follows jobs and shows each change until all have ended. Exits with 1 if one failed.",
      "Without an id, shows the queue at intervals until Ctrl+C; this needs a key with the admin"
          + " role where access is restricted."
    },
    footer = {
      "  thumbnailer watch 019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
      "  thumbnailer upload photos/ | thumbnailer watch -",
      "  thumbnailer watch --interval 5"
    })
final class WatchCommand implements Callable<Integer> {
  private static final int PARALLEL = 16;

  private final ServerOptions server;

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "Ids of jobs; - reads them from standard input.")
  List<String> arguments = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for a job (default: ${DEFAULT-VALUE}).",
      defaultValue = "600")
  int timeout;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description =
          "How often the queue is shown, in seconds, 1 to 3600 (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  int interval;

  WatchCommand(ServerOptions server) {
    this.server = server;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    if (timeout < 1) {
      throw CliException.usage("--timeout must be at least 1 second");
    }
    if (interval < 1 || interval > 3600) {
      throw CliException.usage("--interval must be 1 to 3600 seconds");
    }
    Output output = server.output();
    if (arguments.isEmpty()) {
      new QueueDisplay(server.service(), output).run(Duration.ofSeconds(interval));
    }
    List<String> ids = JobIdArguments.read(arguments);
    Service service = server.service();
    EventFollower follower = new EventFollower(service, Duration.ofSeconds(timeout), output);
    Interruption interruption =
        Interruption.onExit(output, () -> output.note("The jobs continue."));
    try {
      return Batch.run(
              ids,
              PARALLEL,
              output,
              id -> {
                JsonNode job = follower.awaitEnd(id, now -> output.result(now, JobText.of(now)));
                return JobText.hasFailed(job) ? ExitCode.FAILED : ExitCode.OK;
              })
          .code();
    } finally {
      interruption.cancel();
    }
  }
}

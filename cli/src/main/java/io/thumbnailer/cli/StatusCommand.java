package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the current state of jobs. */
@Command(
    name = "status",
    description = "Shows the current state of jobs. Exits with 1 if one failed or is unknown.",
    footer = {
      "  thumbnailer status 019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
      "  thumbnailer list --status failed | thumbnailer status - --json"
    })
final class StatusCommand implements Callable<Integer> {
  private final ServerOptions server;

  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description = "Ids of jobs; - reads them from standard input.")
  List<String> arguments;

  StatusCommand(ServerOptions server) {
    this.server = server;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    List<String> ids = JobIdArguments.read(arguments);
    Service service = server.service();
    Output output = server.output();
    return Batch.run(
            ids,
            1, // in the order of the arguments
            output,
            id -> {
              JsonNode job = service.job(id);
              output.result(job, JobText.of(job));
              return JobText.hasFailed(job) ? ExitCode.FAILED : ExitCode.OK;
            })
        .code();
  }
}

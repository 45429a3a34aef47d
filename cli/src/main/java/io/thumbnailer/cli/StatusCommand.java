package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows jobs as they stand now. */
@Command(
    name = "status",
    description = "Shows jobs as they stand now; exits with 1 when one failed or is unknown.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin ServerOptions server;

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Jobs.")
  List<String> ids;

  @Override
  public Integer call() throws InterruptedException {
    JobIds.require(ids, server);
    Service service = server.service();
    Output output = server.output();
    ExitCode code = ExitCode.OK;
    for (String id : ids) {
      try {
        JsonNode job = service.job(id);
        output.result(job, JobText.of(job));
        code = code.worse(JobText.hasFailed(job) ? ExitCode.FAILED : ExitCode.OK);
      } catch (ServiceException e) {
        output.failure(e.describe("id", id), id + ": " + e.getMessage());
        code = code.worse(e.exitCode());
      }
    }
    return code.code();
  }
}

package io.thumbnailer.cli;

import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists recent jobs. */
@Command(
    name = "list",
    description = {
      "Lists recent jobs, newest first: id, status, name, and result.",
      "Needs a key with the admin role where access is restricted."
    },
    footer = {
      "  thumbnailer list",
      "  thumbnailer list --status failed,retrying --limit 1000",
      "  thumbnailer list --status done | thumbnailer download - --out thumbnails"
    })
final class ListCommand implements Callable<Integer> {
  /** The status, named as in the service. */
  enum Status {
    QUEUED,
    PROCESSING,
    RETRYING,
    DONE,
    FAILED
  }

  private final ServerOptions server;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description = "Only jobs of this status; may be repeated. One of ${COMPLETION-CANDIDATES}.")
  List<Status> statuses = List.of();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "The maximum number, at least 1 (default: ${DEFAULT-VALUE}).",
      defaultValue = "50")
  int limit;

  ListCommand(ServerOptions server) {
    this.server = server;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    Service service = server.service();
    Output output = server.output();
    String filter = statuses.stream().map(Status::name).collect(Collectors.joining(","));
    long shown =
        Pages.forEach(
            limit,
            "jobs",
            (cursor, size) -> service.jobs(filter, cursor, size),
            job -> output.result(job, JobText.of(job)));
    if (shown == 0) {
      output.note("No jobs. Create one with: thumbnailer upload photo.jpg");
    } else if (shown == limit) {
      output.note("There may be more; see --limit.");
    }
    return ExitCode.OK.code();
  }
}

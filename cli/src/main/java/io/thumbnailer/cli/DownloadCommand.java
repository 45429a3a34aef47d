package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thumbnailer.cli.files.DownloadNames;
import io.thumbnailer.cli.files.ThumbnailFiles;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import io.thumbnailer.cli.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves the thumbnails of jobs. */
@Command(
    name = "download",
    description =
        "Saves the thumbnails of jobs as NAME-RENDITION.EXTENSION, where NAME is the name of the"
            + " uploaded file. Replaces existing files.",
    footer = {
      "  thumbnailer download 019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
      "  thumbnailer list --status done | thumbnailer download - --out thumbnails",
      "  thumbnailer download 019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b \\",
      "    --rendition small --out - > small.jpg"
    })
final class DownloadCommand implements Callable<Integer> {
  private static final int PARALLEL = 4;

  private final ServerOptions server;

  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description = "Ids of jobs; - reads them from standard input.")
  List<String> arguments;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description =
          "Directory to save in (default: the current one); - writes the one thumbnail that"
              + " --rendition names to standard output.",
      defaultValue = ".")
  Path out;

  @Option(
      names = "--rendition",
      paramLabel = "NAME",
      split = ",",
      description = "Only these renditions; may be repeated.")
  List<String> renditions = List.of();

  @Option(names = "--wait", description = "Waits for jobs that have not ended.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for a job (default: ${DEFAULT-VALUE}).",
      defaultValue = "600")
  int timeout;

  DownloadCommand(ServerOptions server) {
    this.server = server;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    if (timeout < 1) {
      throw CliException.usage("--timeout must be at least 1 second");
    }
    List<String> ids = JobIdArguments.read(arguments);
    Service service = server.service();
    if (out.equals(Path.of("-"))) {
      return toStandardOutput(service, ids);
    }
    Output output = server.output();
    ThumbnailDownload download = new ThumbnailDownload(service, new ThumbnailFiles(out));
    DownloadNames names = new DownloadNames();
    return Batch.run(
            ids,
            PARALLEL,
            output,
            id -> {
              JsonNode job = finished(service, id);
              if (JobText.hasFailed(job)) {
                report(output, job, List.of());
                return ExitCode.FAILED;
              }
              Path name = names.choose(job.path("filename").asText(), id);
              report(output, job, download.save(job, name, Set.copyOf(renditions)));
              return ExitCode.OK;
            })
        .code();
  }

  private JsonNode finished(Service service, String id) throws CliException, InterruptedException {
    JsonNode job =
        wait ? new JobFollower(service, Duration.ofSeconds(timeout)).awaitEnd(id) : service.job(id);
    if (!JobText.hasEnded(job)) {
      throw new CliException(
          ExitCode.FAILED, "not-done", "the job is " + JobText.status(job) + " still");
    }
    return job;
  }

  private static void report(Output output, JsonNode job, List<Path> saved) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("id", job.path("id"));
    result.set("job", job);
    ArrayNode paths = result.putArray("saved");
    saved.forEach(path -> paths.add(path.toString()));
    if (JobText.hasFailed(job)) {
      output.failure(result, JobText.of(job).toString());
    } else {
      output.result(result, ThumbnailDownload.addTo(JobText.of(job), saved));
    }
  }

  private int toStandardOutput(Service service, List<String> ids)
      throws CliException, InterruptedException {
    if (ids.size() != 1 || renditions.size() != 1) {
      throw CliException.usage(
          "--out - can write only one thumbnail",
          "Give one ID, and one rendition with --rendition.");
    }
    if (Terminal.is(Terminal.Stream.OUTPUT)) {
      throw CliException.usage("standard output is a terminal", "Redirect it: > thumbnail.jpg");
    }
    JsonNode job = finished(service, ids.get(0));
    JsonNode stored = ThumbnailDownload.rendition(job, renditions.get(0));
    try (OutputStream bytes = new FileOutputStream(FileDescriptor.out)) {
      service.download(ids.get(0), renditions.get(0), stored.path("bytes").asLong(), bytes);
      return ExitCode.OK.code();
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED, "not-saved", "cannot write to standard output: " + e.getMessage(), e);
    }
  }
}

package io.thumbnailer.cli;

import io.thumbnailer.cli.UploadTally.Snapshot;
import io.thumbnailer.cli.files.FileSelection;
import io.thumbnailer.cli.files.InputFile;
import io.thumbnailer.cli.files.ThumbnailFiles;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.service.Service;
import io.thumbnailer.cli.terminal.Output;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads images; on request waits for their thumbnails and saves them. */
@Command(
    name = "upload",
    description = "Uploads images. Can also wait for their thumbnails and save them.",
    footer = {
      "  thumbnailer upload photo.jpg",
      "  thumbnailer upload *.jpg --out thumbnails --rendition small,large",
      "  thumbnailer upload photos/ --recursive --wait",
      "  convert a.heic png:- | thumbnailer upload - --name a.png --out thumbnails"
    })
final class UploadCommand implements Callable<Integer> {
  /** A lane of the queue. */
  enum Lane {
    HIGH,
    NORMAL,
    LOW
  }

  private final ServerOptions server;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Images, directories of images, or - for an image from standard input. In directories,"
              + " images are recognized by their extension.")
  List<Path> arguments;

  @Option(
      names = {"-r", "--recursive"},
      description = "Includes subdirectories.")
  boolean recursive;

  @Option(
      names = {"-w", "--wait"},
      description = "Waits until every job has ended.")
  boolean wait;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description =
          "Saves the thumbnails in this directory as NAME-RENDITION.EXTENSION, in the same"
              + " subdirectories as the images, and replaces existing files; implies --wait.")
  Path out;

  @Option(
      names = "--rendition",
      paramLabel = "NAME",
      split = ",",
      description = "Makes only these renditions; may be repeated.")
  List<String> renditions = List.of();

  @Option(
      names = "--priority",
      paramLabel = "LANE",
      description = "One of ${COMPLETION-CANDIDATES}.")
  Lane priority;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description =
          "A URL to call when each job ends; its origin must be on the server's allow-list.")
  URI webhook;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "File name of the image from standard input (default: ${DEFAULT-VALUE}).",
      defaultValue = "stdin")
  String name;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Concurrent uploads, 1 to 64 (default: ${DEFAULT-VALUE}).",
      defaultValue = "4")
  int parallel;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for a job (default: ${DEFAULT-VALUE}).",
      defaultValue = "600")
  int timeout;

  @Option(names = "--no-progress", description = "Shows no progress, even on a terminal.")
  boolean noProgress;

  UploadCommand(ServerOptions server) {
    this.server = server;
  }

  @Override
  public Integer call() throws CliException, InterruptedException {
    check();
    Service service = server.service();
    Output output = server.output();
    FileSelection selection =
        FileSelection.of(
            arguments,
            new FileSelection.Options(recursive, Optional.ofNullable(out), name),
            System.in);
    mention(selection, output);
    UploadTally tally =
        new UploadTally(selection.files().size(), totalBytes(selection.files()), System::nanoTime);
    UploadMessages messages =
        new UploadMessages(
            wait || out != null, Optional.ofNullable(out).map(Path::toString), server.invocation());
    UploadRun run = new UploadRun(service, plan(), output, tally);
    ExitCode code = run(run, selection.files(), tally, messages, output);
    finish(run, tally.snapshot(), messages, output);
    return code.worse(selection.unreadable().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private ExitCode run(
      UploadRun run,
      List<InputFile> files,
      UploadTally tally,
      UploadMessages messages,
      Output output)
      throws InterruptedException {
    Interruption interruption =
        Interruption.onExit(
            output,
            () -> {
              run.reportPending();
              Snapshot now = tally.snapshot();
              output.warning(messages.interrupted(now));
              messages.next(now).ifPresent(output::warning);
            });
    UploadStatusLine line = new UploadStatusLine(output, !noProgress, tally, messages);
    try {
      return run.run(files, parallel);
    } finally {
      line.close();
      interruption.cancel();
    }
  }

  private static void finish(UploadRun run, Snapshot end, UploadMessages messages, Output output) {
    if (end.files() > 1 || end.accepted() > 0) {
      output.note(messages.summary(end));
    }
    for (String hint : run.hints()) {
      output.warning(hint);
    }
    if (output.isInteractive()) {
      messages.next(end).ifPresent(output::note);
    }
  }

  private static void mention(FileSelection selection, Output output) {
    for (Path directory : selection.unreadable()) {
      output.error(directory + ": it cannot be read");
    }
    if (!selection.skipped().isEmpty()) {
      output.note(
          "Skipped files that do not look like images: %d, such as %s."
              .formatted(selection.skipped().size(), selection.skipped().get(0)));
    }
  }

  private UploadRun.Plan plan() {
    return new UploadRun.Plan(
        fields(),
        wait || out != null,
        Optional.ofNullable(out).map(ThumbnailFiles::new),
        Duration.ofSeconds(timeout));
  }

  private void check() throws CliException {
    if (parallel < 1 || parallel > 64) {
      throw CliException.usage("--parallel must be 1 to 64");
    }
    if (timeout < 1) {
      throw CliException.usage("--timeout must be at least 1 second");
    }
    if (webhook != null
        && (webhook.getScheme() == null
            || !Set.of("https", "http").contains(webhook.getScheme()))) {
      throw CliException.usage("--webhook must begin with https:// or http://");
    }
    if (name.isEmpty() || !name.equals(Path.of(name).getFileName().toString())) {
      throw CliException.usage("--name must be a file name without a directory");
    }
    if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
      throw CliException.usage("--out is not a directory: " + out);
    }
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    if (!renditions.isEmpty()) {
      fields.put("renditions", String.join(",", renditions));
    }
    if (priority != null) {
      fields.put("priority", priority.name().toLowerCase(Locale.ROOT));
    }
    if (webhook != null) {
      fields.put("webhook", webhook.toString());
    }
    return fields;
  }

  /** Unreadable files count as empty here; they fail when they are uploaded. */
  private static long totalBytes(List<InputFile> files) {
    long sum = 0;
    for (InputFile file : files) {
      try {
        sum += Files.size(file.path());
      } catch (IOException e) {
        // its own upload will report it
      }
    }
    return sum;
  }
}

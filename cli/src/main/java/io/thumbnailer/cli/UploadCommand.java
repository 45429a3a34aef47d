package io.thumbnailer.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads images; on request waits for their thumbnails and saves them. */
@Command(
    name = "upload",
    description =
        "Uploads images, one request each; on request waits for their thumbnails and saves them.",
    mixinStandardHelpOptions = true)
final class UploadCommand implements Callable<Integer> {
  /** A lane of the queue. */
  enum Lane {
    HIGH,
    NORMAL,
    LOW
  }

  @Mixin ServerOptions server;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Images.")
  List<Path> files;

  @Option(names = "--wait", description = "Waits until every job has ended.")
  boolean wait;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Saves the thumbnails there as NAME-RENDITION.EXTENSION, replacing files of that name;"
              + " waits too.")
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
      description = "Is told of each job's end; must be on the server's allow-list.")
  URI webhook;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Uploads at the same time, 1 to 64 (default: ${DEFAULT-VALUE}).",
      defaultValue = "4")
  int parallel;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for a job after its upload (default: ${DEFAULT-VALUE}).",
      defaultValue = "600")
  int timeout;

  @Option(names = "--no-progress", description = "No progress bar, also on a terminal.")
  boolean noProgress;

  @Override
  public Integer call() throws InterruptedException {
    check();
    Service service = server.service();
    Output output = server.output();
    ProgressBar bar =
        new ProgressBar(
            server.spec.commandLine().getErr(),
            !noProgress && !server.json && Terminal.isInteractive(),
            files.size(),
            totalBytes());
    UploadRun.Plan plan =
        new UploadRun.Plan(
            fields(),
            wait || out != null,
            Optional.ofNullable(out).map(ThumbnailFiles::new),
            Duration.ofSeconds(timeout));
    return new UploadRun(service, plan, output, bar).run(files, parallel).code();
  }

  private void check() {
    if (parallel < 1 || parallel > 64) {
      throw server.wrong("--parallel must be 1 to 64");
    }
    if (timeout < 1) {
      throw server.wrong("--timeout must be at least 1 second");
    }
    for (Path file : files) {
      if (file.getFileName() == null) {
        throw server.wrong("not a file: " + SafeText.of(file.toString()));
      }
    }
    if (webhook != null && !Set.of("https", "http").contains(webhook.getScheme())) {
      throw server.wrong("--webhook must begin with https:// or http://");
    }
    if (out != null) {
      Set<String> stems = new HashSet<>();
      for (Path file : files) {
        // some file systems take no notice of case
        if (!stems.add(ThumbnailFiles.stem(file).toLowerCase(Locale.ROOT))) {
          throw server.wrong(
              "two files would be saved under the same name: "
                  + SafeText.of(ThumbnailFiles.stem(file)));
        }
      }
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

  /** What cannot be read counts as nothing here; it fails when its turn comes. */
  private long totalBytes() {
    long sum = 0;
    for (Path file : files) {
      try {
        sum += Files.size(file);
      } catch (IOException e) {
        // its own upload will say so
      }
    }
    return sum;
  }
}

package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.report.LabFiles;
import io.thumbnailer.scalinglab.upload.Accepted;
import io.thumbnailer.scalinglab.upload.ImageMix;
import io.thumbnailer.scalinglab.upload.JobFollower;
import io.thumbnailer.scalinglab.upload.OpenLoopUploader;
import io.thumbnailer.scalinglab.upload.UploadResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Uploads real images to any deployment, in an open loop. */
@Command(
    name = "load",
    description =
        "Uploads images to a deployment in an open loop, and follows the jobs to their end."
            + " The exit code is 3 if an upload failed or a job was lost.",
    mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
  private static final int TROUBLE = 3;

  @Spec CommandSpec spec;
  @Mixin LoadOptions load;

  @Parameters(paramLabel = "URL", description = "Ingest's address, such as http://localhost:9080/")
  URI target;

  @Option(
      names = "--images",
      description = "Sizes and weights of the images (default: ${DEFAULT-VALUE}).",
      defaultValue = "800x600:6,1920x1280:3,4000x3000:1")
  String images;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME: VALUE",
      description = "A header for each request, such as an access key; may be repeated.")
  List<String> headers = List.of();

  @Option(
      names = "--timeout-seconds",
      description = "Time limit of one upload (default: ${DEFAULT-VALUE}).",
      defaultValue = "60")
  int timeoutSeconds;

  @Option(
      names = "--drain-seconds",
      description =
          "Time after the load until an unfinished job counts as lost (default: ${DEFAULT-VALUE}).",
      defaultValue = "300")
  int drainSeconds;

  @Option(names = "--jobs", paramLabel = "FILE", description = "Writes the accepted jobs as CSV.")
  Path jobs;

  @Override
  public Integer call() throws Exception {
    LoadShape shape = load.loadShape();
    Map<String, String> fields = parseHeaders();
    ConsoleProgress progress = new ConsoleProgress(System.err, Help.Ansi.AUTO.enabled());
    double[] arrivals = shape.arrivals(load.seconds, new SplittableRandom(load.seed));
    OpenLoopUploader uploader =
        new OpenLoopUploader(
            target, fields, ImageMix.parse(images), Duration.ofSeconds(timeoutSeconds));
    UploadResult uploads = uploader.run(arrivals, load.seconds, load.seed, progress);
    JobFollower.Result followed =
        new JobFollower(target, fields)
            .follow(uploads.accepted(), Duration.ofSeconds(drainSeconds), progress);
    print(shape, uploads, followed);
    writeJobs(uploads);
    return uploads.errors().isEmpty() && followed.lost() == 0 ? 0 : TROUBLE;
  }

  private Map<String, String> parseHeaders() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("--header must be of the form \"Name: value\"");
      }
      fields.put(header.substring(0, colon).trim(), header.substring(colon + 1).trim());
    }
    return fields;
  }

  private void writeJobs(UploadResult uploads) throws IOException {
    if (jobs != null) {
      new LabFiles(jobs.toAbsolutePath().getParent())
          .writeCsv(String.valueOf(jobs.getFileName()), Accepted.class, uploads.accepted());
    }
  }

  private void print(LoadShape shape, UploadResult uploads, JobFollower.Result followed) {
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                """
                load           %s
                uploads        %d offered (%.2f/s), %d accepted (%.2f/s), errors %s
                upload ms      %s
                to thumbnails  %s ms
                jobs           %d done, %d failed, %d lost""",
                shape.description(),
                uploads.offered(),
                uploads.offeredRate(),
                uploads.accepted().size(),
                uploads.achievedRate(),
                uploads.errors().isEmpty() ? "none" : uploads.errors(),
                percentiles(uploads.latency(), 1000),
                percentiles(followed.toThumbnails(), 1),
                followed.done(),
                followed.failed(),
                followed.lost()));
  }

  private static String percentiles(Histogram histogram, double unit) {
    return String.format(
        Locale.ROOT,
        "p50 %.0f, p95 %.0f, p99 %.0f, max %.0f",
        histogram.getValueAtPercentile(50) / unit,
        histogram.getValueAtPercentile(95) / unit,
        histogram.getValueAtPercentile(99) / unit,
        histogram.getMaxValue() / unit);
  }
}

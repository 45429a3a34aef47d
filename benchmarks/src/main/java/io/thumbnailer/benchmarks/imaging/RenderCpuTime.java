package io.thumbnailer.benchmarks.imaging;

import io.thumbnailer.imaging.DecodePermits;
import io.thumbnailer.imaging.NativeJpeg;
import io.thumbnailer.imaging.PixelBudget;
import io.thumbnailer.imaging.RenderedThumbnail;
import io.thumbnailer.imaging.Rendition;
import io.thumbnailer.imaging.ThumbnailRenderer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CPU time of the whole process for each job of the comparison, for {@code benchmarks/compare/run}:
 * a line per job with its name and milliseconds a run, the median of five batches after a warm-up.
 * The thumbnails are kept for the report; jobs whose names begin with {@code look-} are not
 * measured.
 *
 * <p>Arguments: {@code native} or {@code java}, the folder for thumbnails, and for each job {@code
 * NAME=FILE=RENDITION;RENDITION…}.
 */
public final class RenderCpuTime {
  /** Long enough for the JIT's compilers, whose time is the process's too, to come to rest. */
  private static final long WARM_UP_NANOS = Duration.ofSeconds(8).toNanos();

  private static final int BATCHES = 5;

  /** The process's CPU time is counted in steps of 10 ms. */
  private static final long BATCH_NANOS = Duration.ofMillis(500).toNanos();

  private RenderCpuTime() {}

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    Optional<NativeJpeg> nativeJpeg =
        arguments[0].equals("native") ? NativeJpeg.find() : Optional.empty();
    ThumbnailRenderer renderer =
        new ThumbnailRenderer(
            new PixelBudget(100_000_000),
            new DecodePermits(1L << 30),
            Duration.ofMinutes(1),
            nativeJpeg);
    for (int i = 2; i < arguments.length; i++) {
      String[] job = arguments[i].split("=", 3);
      measure(renderer, job[0], Path.of(job[1]), renditions(job[2]), Path.of(arguments[1]));
    }
  }

  private static List<Rendition> renditions(String specifications) {
    List<Rendition> renditions = new ArrayList<>();
    for (String specification : specifications.split(";", -1)) {
      renditions.add(Rendition.parse("r" + renditions.size(), specification));
    }
    return renditions;
  }

  private static void measure(
      ThumbnailRenderer renderer, String name, Path file, List<Rendition> renditions, Path folder)
      throws Exception {
    keep(renderer.render(file, renditions), name, folder);
    if (name.startsWith("look-")) {
      return;
    }
    long end = System.nanoTime() + WARM_UP_NANOS;
    while (System.nanoTime() < end) {
      renderer.render(file, renditions);
    }
    double[] batches = new double[BATCHES];
    for (int batch = 0; batch < BATCHES; batch++) {
      int runs = 0;
      long start = cpuNanos();
      for (; cpuNanos() - start < BATCH_NANOS; runs++) {
        renderer.render(file, renditions);
      }
      batches[batch] = (cpuNanos() - start) / 1e6 / runs;
    }
    java.util.Arrays.sort(batches);
    System.out.printf("%s\t%.2f%n", name, batches[BATCHES / 2]);
  }

  private static void keep(List<RenderedThumbnail> thumbnails, String name, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    for (RenderedThumbnail thumbnail : thumbnails) {
      Files.write(
          folder.resolve(
              name + "-" + thumbnail.rendition().name() + "." + thumbnail.format().extension()),
          thumbnail.content());
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}

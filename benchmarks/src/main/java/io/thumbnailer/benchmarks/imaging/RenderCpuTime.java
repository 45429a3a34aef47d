package io.thumbnailer.benchmarks.imaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thumbnailer.imaging.RenderedThumbnail;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.Rendition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * This project as a program of {@code benchmarks/compare/run}: for each line of standard input, a
 * job {@code NAME=FILE=RENDITION;RENDITION…}, it renders for half a second and prints the CPU
 * milliseconds of the whole process for one run. For a line that begins with {@code keep} it writes
 * the thumbnails to a directory and prints 0.
 *
 * <p>Argument: {@code native} or {@code java}, which is the directory's name too.
 */
public final class RenderCpuTime {
  private static final String KEEP = "keep ";

  /** The process's CPU time is counted in steps of 10 ms. */
  private static final long BATCH_NANOS = Duration.ofMillis(500).toNanos();

  private RenderCpuTime() {}

  /** Measures until the input ends. */
  public static void main(String[] arguments) throws Exception {
    ThumbnailRenderer renderer = Renderers.create(arguments[0]);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      boolean keep = line.startsWith(KEEP);
      String[] job = (keep ? line.substring(KEEP.length()) : line).split("=", 3);
      Path file = Path.of(job[1]);
      List<Rendition> renditions = renditions(job[2]);
      if (keep) {
        keep(renderer.render(file, renditions), job[0], Path.of(arguments[0]));
        System.out.println(0);
      } else {
        System.out.printf("%.3f%n", milliseconds(renderer, file, renditions));
      }
    }
  }

  private static List<Rendition> renditions(String specifications) {
    List<Rendition> renditions = new ArrayList<>();
    for (String specification : specifications.split(";", -1)) {
      renditions.add(Rendition.parse("r" + renditions.size(), specification));
    }
    return renditions;
  }

  private static double milliseconds(
      ThumbnailRenderer renderer, Path file, List<Rendition> renditions) throws Exception {
    int runs = 0;
    long start = cpuNanos();
    for (; cpuNanos() - start < BATCH_NANOS; runs++) {
      renderer.render(file, renditions);
    }
    return (cpuNanos() - start) / 1e6 / runs;
  }

  private static void keep(List<RenderedThumbnail> thumbnails, String name, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    for (RenderedThumbnail thumbnail : thumbnails) {
      Files.write(
          directory.resolve(
              name + "-" + thumbnail.rendition().name() + "." + thumbnail.format().extension()),
          thumbnail.content());
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}

package io.thumbnailer.benchmarks.imaging;

import io.thumbnailer.imaging.RenderedThumbnail;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.Rendition;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What rendering in a child process costs: images go to a warm JVM through a pipe and thumbnails
 * come back, against rendering in this process. Both take turns, so that other work on the machine
 * meets both. Prints for each file the CPU time of all processes and the time on the clock for one
 * image, and the memory of the child.
 *
 * <p>Arguments: seconds for each file, then files.
 */
public final class ChildProcessRendering {
  private static final List<Rendition> RENDITIONS =
      List.of(
          Rendition.parse("small", "128x128"),
          Rendition.parse("medium", "320x320"),
          Rendition.parse("large", "720x720"));
  private static final String CHILD = "child";

  private ChildProcessRendering() {}

  /** Measures, or serves as the child. */
  public static void main(String[] arguments) throws Exception {
    ThumbnailRenderer renderer = Renderers.create();
    if (arguments[0].equals(CHILD)) {
      serve(renderer);
      return;
    }
    long batch = Duration.ofSeconds(Long.parseLong(arguments[0])).toNanos();
    try (Child child = new Child()) {
      System.out.println(
          "| file | in process, ms CPU | child, ms CPU | more | clock | clock, child |");
      System.out.println("| --- | --- | --- | --- | --- | --- |");
      for (String name : List.of(arguments).subList(1, arguments.length)) {
        measure(renderer, child, Path.of(name), batch);
      }
      System.out.println("\nresident memory of the child: " + child.residentMegabytes() + " MB");
    }
  }

  private static void measure(ThumbnailRenderer renderer, Child child, Path file, long batch)
      throws Exception {
    byte[] image = Files.readAllBytes(file);
    double[] cpu = new double[2];
    double[] clock = new double[2];
    for (int round = 0; round < 2; round++) { // the first warms up
      int runs = 0;
      cpu = new double[2];
      clock = new double[2];
      for (long end = System.nanoTime() + batch; System.nanoTime() < end; runs++) {
        for (int way = 0; way < 2; way++) {
          double cpuBefore = cpuMillis(child);
          long before = System.nanoTime();
          if (way == 0) {
            renderer.render(file, RENDITIONS);
          } else {
            child.render(image);
          }
          clock[way] += (System.nanoTime() - before) / 1e6;
          cpu[way] += cpuMillis(child) - cpuBefore;
        }
      }
      for (int way = 0; way < 2; way++) {
        cpu[way] /= runs;
        clock[way] /= runs;
      }
    }
    System.out.printf(
        "| %s, %d KB | %.1f | %.1f | %.1f %% | %.1f | %.1f |%n",
        file.getFileName(),
        image.length >> 10,
        cpu[0],
        cpu[1],
        100 * (cpu[1] / cpu[0] - 1),
        clock[0],
        clock[1]);
  }

  private static double cpuMillis(Child child) throws IOException {
    return ownCpuNanos() / 1e6 + child.cpuMillis();
  }

  private static long ownCpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Renders until the input ends. The child's CPU time goes with each answer. */
  private static void serve(ThumbnailRenderer renderer) throws Exception {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
    Path file = Files.createTempFile("child", null);
    try {
      while (true) {
        Files.write(file, in.readNBytes(in.readInt()));
        List<RenderedThumbnail> thumbnails = renderer.render(file, RENDITIONS);
        out.writeInt(thumbnails.size());
        for (RenderedThumbnail thumbnail : thumbnails) {
          out.writeInt(thumbnail.content().length);
          out.write(thumbnail.content());
        }
        out.writeLong(ownCpuNanos());
        out.flush();
      }
    } catch (EOFException e) {
      Files.delete(file);
    }
  }

  /** The other JVM, with the heap of a worker. */
  private static final class Child implements AutoCloseable {
    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private long cpuNanos;

    Child() throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx614m",
                  "-XX:+UseSerialGC",
                  "-Djava.awt.headless=true",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ChildProcessRendering.class.getName(),
                  CHILD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
      out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    void render(byte[] image) throws IOException {
      out.writeInt(image.length);
      out.write(image);
      out.flush();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        in.readNBytes(in.readInt());
      }
      cpuNanos = in.readLong();
    }

    double cpuMillis() {
      return cpuNanos / 1e6;
    }

    long residentMegabytes() throws IOException {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(0);
    }

    @Override
    public void close() throws IOException {
      out.close();
      process.destroy();
    }
  }
}

package io.thumbnailer.imaging;

import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Probes or renders every file of a directory in a separate process with the heap of a pod. */
final class BombRun {
  private BombRun() {}

  /** Prints a line for each file with its name and the result. */
  public static void main(String[] arguments) throws Exception {
    boolean probe = arguments[0].equals("probe");
    int parallel = Integer.parseInt(arguments[1]);
    ImageProbe probing =
        new ImageProbe(
            Duration.ofMinutes(1), new DecodeMemoryBudget(16 << 20), ImageProbe.available());
    ThumbnailRenderer renderer =
        new ThumbnailRenderer(
            new PixelBudget(100_000_000),
            new DecodeMemoryBudget(Runtime.getRuntime().maxMemory() / 2),
            Duration.ofMinutes(2));
    ExecutorService pool = Executors.newFixedThreadPool(parallel);
    List<Path> files;
    try (Stream<Path> list = Files.list(Path.of(arguments[2]))) {
      files = list.sorted().toList();
    }
    for (Path file : files) {
      List<Future<String>> runs = new ArrayList<>();
      for (int i = 0; i < parallel; i++) {
        runs.add(pool.submit(() -> outcome(file, probe ? probing : null, renderer)));
      }
      System.out.println(file.getFileName() + " " + same(runs));
    }
    System.exit(0);
  }

  private static String outcome(Path file, ImageProbe probe, ThumbnailRenderer renderer)
      throws InterruptedException {
    try {
      if (probe != null) {
        return probe.probe(file).pixels() <= 100_000_000 ? "ok" : "too-many-pixels";
      }
      renderer.render(
          file, List.of(Rendition.parse("s", "128x128"), Rendition.parse("l", "720x720")));
      return "ok";
    } catch (ImagingException e) {
      return e.reason().code();
    }
  }

  private static String same(List<Future<String>> runs)
      throws InterruptedException, ExecutionException {
    String first = runs.get(0).get();
    for (Future<String> run : runs) {
      if (!run.get().equals(first)) {
        return first + " and " + run.get();
      }
    }
    return first;
  }
}

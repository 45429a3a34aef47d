package io.thumbnailer.benchmarks.imaging;

import io.thumbnailer.imaging.RenderedThumbnail;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.Rendition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders all files of a directory for {@code benchmarks/corpus/run}, and prints a line for each:
 * its name, and the warnings or why it is refused.
 *
 * <p>Arguments: {@code native} or {@code java}, the directory, and the directory for the
 * thumbnails.
 */
public final class CorpusThumbnails {
  private CorpusThumbnails() {}

  /** Renders. */
  public static void main(String[] arguments) throws Exception {
    ThumbnailRenderer renderer = Renderers.create(arguments[0]);
    Path target = Files.createDirectories(Path.of(arguments[2]));
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(arguments[1]))) {
      files =
          all.filter(f -> Files.isRegularFile(f) && !f.toString().endsWith(".txt"))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      System.out.println(name + "\t" + render(renderer, file, target.resolve(name + ".png")));
    }
  }

  private static String render(ThumbnailRenderer renderer, Path file, Path target)
      throws Exception {
    try {
      RenderedThumbnail thumbnail =
          renderer.render(file, List.of(Rendition.parse("page", "160x160,png"))).get(0);
      Files.write(target, thumbnail.content());
      return thumbnail.warnings().stream()
          .map(ImageWarning::code)
          .sorted()
          .collect(Collectors.joining(" "));
    } catch (ImagingException e) {
      return e.getMessage();
    }
  }
}

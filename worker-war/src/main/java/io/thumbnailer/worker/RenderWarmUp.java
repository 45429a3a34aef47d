package io.thumbnailer.worker;

import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.Rendition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Renders two small images before the first job, which would otherwise wait while the imaging
 * classes and libraries are loaded. When a container image is built, this puts them into Java's
 * cache.
 */
final class RenderWarmUp {
  private static final System.Logger LOG = System.getLogger(RenderWarmUp.class.getName());

  private static final List<String> IMAGES = List.of("warm-up.jpg", "warm-up.png");

  private static final List<Rendition> RENDITIONS =
      List.of(Rendition.parse("small", "48x48"), Rendition.parse("medium", "96x96"));

  private RenderWarmUp() {}

  /**
   * Renders, and logs what fails: a worker may still be able to do its jobs.
   *
   * @return how many thumbnails were rendered
   */
  static int run(ThumbnailRenderer renderer, ScratchDirectory scratch) {
    int rendered = 0;
    for (String image : IMAGES) {
      try {
        rendered += render(renderer, scratch.newFile(), image);
      } catch (IOException | ImagingException e) {
        LOG.log(System.Logger.Level.WARNING, "could not render " + image + " at the start", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the server is stopping
        return rendered;
      }
    }
    return rendered;
  }

  private static int render(ThumbnailRenderer renderer, Path file, String image)
      throws IOException, ImagingException, InterruptedException {
    try (InputStream in = RenderWarmUp.class.getResourceAsStream(image)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return renderer.render(file, RENDITIONS).size();
    } finally {
      Files.deleteIfExists(file);
    }
  }
}

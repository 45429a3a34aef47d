package io.thumbnailer.benchmarks.imaging;

import io.thumbnailer.imaging.RenderedThumbnail;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Size, SSIM and time of JPEG, WebP and AVIF thumbnails over their qualities, for {@code
 * benchmarks/compare/formats}: a line for each with format, quality, KB, SSIM, and milliseconds to
 * encode. Thumbnails are compared with the same one as PNG.
 *
 * <p>Arguments: an image, and the box, for example {@code 720x720}.
 */
public final class OutputFormats {
  private static final List<String> FORMATS = List.of("jpeg", "webp", "avif");
  private static final int[] QUALITIES = {30, 40, 50, 60, 70, 80, 90};
  private static final int RUNS = 7;

  private final ThumbnailRenderer renderer = Renderers.create();

  private double encoding;

  private OutputFormats() {}

  /** Prints the table. */
  public static void main(String[] arguments) throws Exception {
    new OutputFormats().run(Path.of(arguments[0]), arguments[1]);
  }

  private void run(Path image, String box) throws Exception {
    BufferedImage exact = decoded(render(image, box + ",png"));
    double[][] expected = Lanczos.channels(exact);
    System.out.println("format\tquality\tKB\tSSIM\tms");
    for (String format : FORMATS) {
      for (int quality : QUALITIES) {
        String rendition = "%s,%s,q=%d".formatted(box, format, quality);
        RenderedThumbnail thumbnail = render(image, rendition);
        if (!thumbnail.format().extension().startsWith(format.substring(0, 2))
            && !format.equals("jpeg")) {
          break; // there is no such encoder on this machine
        }
        double least = Double.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
          thumbnail = render(image, rendition);
          least = Math.min(least, encoding);
        }
        double ssim =
            ThumbnailQuality.ssim(
                expected,
                Lanczos.channels(decoded(thumbnail)),
                exact.getWidth(),
                exact.getHeight());
        System.out.printf(
            "%s\t%d\t%.1f\t%.4f\t%.1f%n",
            format, quality, thumbnail.content().length / 1000.0, ssim, least);
      }
    }
  }

  private RenderedThumbnail render(Path image, String rendition) throws Exception {
    return renderer
        .render(
            image,
            List.of(Rendition.parse("r", rendition)),
            (part, took) -> encoding = part.equals("encode") ? took.toNanos() / 1e6 : encoding)
        .get(0);
  }

  /** By this project's own decoders, which read what ImageIO does not. */
  private BufferedImage decoded(RenderedThumbnail thumbnail) throws Exception {
    byte[] content = thumbnail.content();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(content));
    if (image != null) {
      return image;
    }
    Path file = Files.createTempFile("benchmark-", "." + thumbnail.format().extension());
    try {
      Files.write(file, content);
      String box = thumbnail.width() + "x" + thumbnail.height() + ",png";
      return ImageIO.read(new ByteArrayInputStream(render(file, box).content()));
    } catch (IOException e) {
      throw new IllegalStateException("a thumbnail cannot be read", e);
    } finally {
      Files.delete(file);
    }
  }
}

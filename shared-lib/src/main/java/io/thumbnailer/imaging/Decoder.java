package io.thumbnailer.imaging;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageReader;

/** Decodes the first frame of an image to 8-bit sRGB, as it is stored: not yet oriented. */
final class Decoder {
  private final Duration limit;

  Decoder(Duration limit) {
    this.limit = limit;
  }

  /** Returns an image of type {@code INT_RGB}, or {@code INT_ARGB_PRE} when it has alpha. */
  BufferedImage decode(Path file, ImageHeader header)
      throws ImagingException, InterruptedException {
    try (DeadlineInput input = new DeadlineInput(file, limit)) {
      ImageReader reader = Codecs.reader(header.format());
      try {
        reader.setInput(input, true, true);
        return toSrgb(reader.read(0));
      } catch (IOException | RuntimeException e) { // readers throw anything on hostile bytes
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        throw new ImagingException(
            ImagingException.Reason.UNREADABLE_IMAGE,
            input.expired()
                ? "the image takes longer than %s to decode".formatted(limit)
                : "the image's pixels cannot be read",
            e);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw new ImagingException(
          ImagingException.Reason.UNREADABLE_IMAGE, "the image cannot be read", e);
    }
  }

  private static BufferedImage toSrgb(BufferedImage image) {
    int type =
        image.getColorModel().hasAlpha()
            ? BufferedImage.TYPE_INT_ARGB_PRE
            : BufferedImage.TYPE_INT_RGB;
    if (image.getType() == type) {
      return image;
    }
    BufferedImage converted = new BufferedImage(image.getWidth(), image.getHeight(), type);
    Graphics2D graphics = converted.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, null);
    } finally {
      graphics.dispose();
    }
    return converted;
  }
}

package io.thumbnailer.imaging;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes thumbnails: pixels only, no metadata. */
final class Encoder {

  /** Encodes an image as the rendition asks, on the rendition's background where that shows. */
  byte[] encode(BufferedImage image, Rendition rendition) {
    OutputFormat format = rendition.format();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * 1024);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriter writer = Codecs.writer(format);
      try {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (format != OutputFormat.PNG) {
          parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          if (format == OutputFormat.WEBP) {
            parameters.setCompressionType("Lossy");
          }
          parameters.setCompressionQuality(rendition.quality() / 100f);
        }
        writer.setOutput(out);
        writer.write(null, new IIOImage(prepare(image, rendition), null, null), parameters);
      } finally {
        writer.dispose();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + format, e);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage prepare(BufferedImage image, Rendition rendition) {
    boolean alpha = image.getColorModel().hasAlpha();
    if (rendition.format() == OutputFormat.JPEG && alpha) {
      return paint(image, BufferedImage.TYPE_INT_RGB, new Color(rendition.background()));
    }
    return alpha ? paint(image, BufferedImage.TYPE_INT_ARGB, null) : image;
  }

  private static BufferedImage paint(BufferedImage image, int type, Color background) {
    BufferedImage painted = new BufferedImage(image.getWidth(), image.getHeight(), type);
    Graphics2D graphics = painted.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, background, null);
    } finally {
      graphics.dispose();
    }
    return painted;
  }
}

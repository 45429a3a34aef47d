package io.thumbnailer.devservices.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Test images with four quadrants of different colours, so that every rotation is visible. */
public final class TestImages {
  private TestImages() {}

  /** Red and green above, blue and white below. */
  public static BufferedImage quadrants(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D g = image.createGraphics();
    Color[] colors = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < 4; i++) {
      g.setColor(colors[i]);
      g.fillRect((i % 2) * width / 2, (i / 2) * height / 2, (width + 1) / 2, (height + 1) / 2);
    }
    g.dispose();
    return image;
  }

  /** Writes grey samples unchanged: the JDK treats them as linear light and brightens them. */
  public static BufferedImage asViewersShow(BufferedImage image) {
    if (image.getRaster().getNumBands() != 1 || image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      return image;
    }
    BufferedImage shown =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        shown.setRGB(x, y, image.getRaster().getSample(x, y, 0) * 0x010101);
      }
    }
    return shown;
  }

  /** An opaque image in a format that the JDK writes. */
  public static byte[] encoded(int width, int height, String format) {
    return encode(quadrants(width, height, BufferedImage.TYPE_INT_RGB), format);
  }

  /** Encodes any image. */
  public static byte[] encode(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JPEG with an EXIF segment that holds an orientation. */
  public static byte[] jpegWithOrientation(int width, int height, int orientation) {
    byte[] jpeg = encoded(width, height, "jpeg");
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 36);
    out.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) 34);
    out.put("Exif\0\0MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    out.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    out.putShort((short) orientation).putShort((short) 0).putInt(0);
    out.put(jpeg, 2, jpeg.length - 2);
    return out.array();
  }

  /** A PNG whose header claims a given size; its pixels are missing. */
  public static byte[] pngHeader(int width, int height) {
    ByteBuffer chunk = ByteBuffer.allocate(17);
    chunk.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    chunk.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.array());
    ByteBuffer out = ByteBuffer.allocate(8 + 4 + 17 + 4 + 12);
    out.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A});
    out.putInt(13).put(chunk.array()).putInt((int) crc.getValue());
    out.putInt(0).put("IDAT".getBytes(StandardCharsets.US_ASCII)).putInt(0x35AF061E);
    return out.array();
  }
}

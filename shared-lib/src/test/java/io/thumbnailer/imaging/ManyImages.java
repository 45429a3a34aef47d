package io.thumbnailer.imaging;

import io.thumbnailer.devservices.images.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Files with several images: pages, frames, sizes. The first or largest is red, the others green.
 */
public final class ManyImages {
  private ManyImages() {}

  static byte[] tiffOfTwoPages() {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      writer.writeToSequence(new IIOImage(Corpus.solid(0xFF0000), null, null), null);
      writer.writeToSequence(new IIOImage(Corpus.solid(0x00FF00), null, null), null);
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A TIFF whose pixels are a JPEG. */
  public static byte[] tiffOfJpeg(int rgb) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionType("JPEG");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(Corpus.solid(rgb), null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Two frames of 64 by 64 (WebP container specification, "Animation"). */
  static byte[] animatedWebp() {
    ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(0).put(ascii("WEBP"));
    out.put(ascii("VP8X")).putInt(10).putInt(0x02).put(new byte[] {63, 0, 0, 63, 0, 0});
    out.put(ascii("ANIM")).putInt(6).putInt(-1).putShort((short) 0);
    for (int rgb : new int[] {0xFF0000, 0x00FF00}) {
      byte[] still = Corpus.webp(Corpus.solid(rgb));
      int length = still.length - 12;
      out.put(ascii("ANMF")).putInt(16 + length);
      out.put(new byte[] {0, 0, 0, 0, 0, 0, 63, 0, 0, 63, 0, 0, 100, 0, 0, 2});
      out.put(still, 12, length);
    }
    out.putInt(4, out.position() - 8);
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  /** An icon of macOS: 128 by 128, and a smaller one. */
  public static byte[] icns() {
    byte[] large = TestImages.encode(scaled(0xFF0000, 128), "png");
    byte[] small = TestImages.encode(scaled(0x00FF00, 32), "png");
    ByteBuffer out = ByteBuffer.allocate(8 + 8 + small.length + 8 + large.length);
    out.put(ascii("icns")).putInt(out.capacity());
    out.put(ascii("ic11")).putInt(8 + small.length).put(small);
    out.put(ascii("ic07")).putInt(8 + large.length).put(large);
    return out.array();
  }

  private static BufferedImage scaled(int rgb, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, 0xFF000000 | rgb);
      }
    }
    return image;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

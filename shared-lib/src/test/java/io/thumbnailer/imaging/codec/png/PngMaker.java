package io.thumbnailer.imaging.codec.png;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.imaging.raster.PlanarImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Creates PNGs of every kind with random samples. */
final class PngMaker {
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final int width;
  private final int height;
  private final int colourType;
  private final int depth;
  private final int samples;
  private final int[] values;
  private final byte[] palette;
  private final byte[] transparency;

  PngMaker(int width, int height, int colourType, int depth, boolean transparency) {
    Random random = new Random(31L * width + height + colourType + depth);
    this.width = width;
    this.height = height;
    this.colourType = colourType;
    this.depth = depth;
    this.samples = new int[] {1, 0, 3, 1, 2, 0, 4}[colourType];
    this.values = random.ints((long) width * height * samples, 0, 1 << depth).toArray();
    this.palette = new byte[colourType == 3 ? 3 << depth : 0];
    random.nextBytes(palette);
    this.transparency = transparency ? transparency() : new byte[0];
  }

  private byte[] transparency() {
    if (colourType == 3) {
      return new byte[] {0, (byte) 128};
    }
    if (colourType > 3) {
      return new byte[0];
    }
    ByteBuffer first = ByteBuffer.allocate(2 * samples); // what the first pixel has
    for (int i = 0; i < samples; i++) {
      first.putShort((short) values[i]);
    }
    return first.array();
  }

  byte[] encode(boolean interlaced) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) depth);
    header.put((byte) colourType).put((byte) 0).put((byte) 0).put((byte) (interlaced ? 1 : 0));
    chunk(out, "IHDR", header.array());
    if (palette.length > 0) {
      chunk(out, "PLTE", palette);
    }
    if (transparency.length > 0) {
      chunk(out, "tRNS", transparency);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream zip = new DeflaterOutputStream(packed)) {
      for (int[] pass : interlaced ? PASSES : new int[][] {{0, 0, 1, 1}}) {
        for (int y = pass[1]; y < height && pass[0] < width; y += pass[3]) {
          zip.write(row(y, pass[0], pass[2]));
        }
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private byte[] row(int y, int first, int step) {
    int pixels = (width - first + step - 1) / step;
    byte[] row = new byte[1 + (pixels * samples * depth + 7) / 8];
    for (int i = 0; i < pixels * samples; i++) {
      int value = values[(y * width + first + i / samples * step) * samples + i % samples];
      if (depth == 16) {
        row[1 + 2 * i] = (byte) (value >> 8);
        row[2 + 2 * i] = (byte) value;
      } else {
        row[1 + i * depth / 8] |= (byte) (value << (8 - depth - i * depth % 8));
      }
    }
    return row;
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** Compares pixel by pixel, in whatever form grey and opaque images are. */
  void assertShows(PlanarImage actual) {
    for (int i = 0; i < width * height; i++) {
      int alpha = colour(i, 3);
      for (int c = 0; c < 4; c++) {
        int expected = c == 3 ? alpha : Math.round(colour(i, c) * alpha / 255f);
        assertThat(value(actual, i, c))
            .as("pixel %d, channel %d, type %d of %d bits", i, c, colourType, depth)
            .isEqualTo(expected);
      }
    }
  }

  /** Red, green, blue or alpha of a pixel, not premultiplied. */
  private int colour(int pixel, int channel) {
    int first = pixel * samples;
    if (colourType == 3) {
      int index = values[first];
      return channel < 3
          ? palette[3 * index + channel] & 0xFF
          : index < transparency.length ? transparency[index] & 0xFF : 255;
    }
    if (channel == 3) {
      return colourType >= 4 ? scaled(values[first + samples - 1]) : isHidden(first) ? 0 : 255;
    }
    return scaled(values[first + (colourType == 0 || colourType == 4 ? 0 : channel)]);
  }

  private boolean isHidden(int first) {
    for (int i = 0; i < samples; i++) {
      if (transparency.length == 0 || values[first + i] != values[i]) {
        return false;
      }
    }
    return true;
  }

  private int scaled(int value) {
    return (int) Math.round(value * 255.0 / ((1 << depth) - 1));
  }

  private static int value(PlanarImage image, int pixel, int channel) {
    int planes = image.planes().size();
    if (channel == 3 && planes < 4) {
      return 255;
    }
    return image.planes().get(planes == 1 ? 0 : channel).samples()[pixel] & 0xFF;
  }
}

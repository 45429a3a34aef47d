package io.thumbnailer.imaging.codec.bmp;

import io.thumbnailer.imaging.raster.PlanarRows;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/** Decodes the rows of a bitmap, from a position in a file on, into RGB with alpha. */
final class DibPixels {
  private final ImageInputStream in;
  private final DibHeader header;
  private final int width;
  private final int height;

  DibPixels(ImageInputStream in, DibHeader header) {
    this.in = in;
    this.header = header;
    this.width = header.width();
    this.height = header.height();
  }

  /** The number of bytes in a row, which is a multiple of four. */
  static long stride(int width, int bits) {
    return ((long) width * bits + 31) / 32 * 4;
  }

  /**
   * Decodes the rows.
   *
   * @param rows with four channels; those that are in the file are set
   * @throws EOFException if the file ends before the last row
   */
  void readInto(PlanarRows rows) throws IOException {
    switch (header.compression()) {
      case DibHeader.RGB, DibHeader.BITFIELDS, DibHeader.ALPHA_BITFIELDS -> readPlain(rows);
      case DibHeader.RLE8, DibHeader.RLE4, DibHeader.RLE24 -> readRuns(rows);
      default -> throw new IOException("compression " + header.compression());
    }
  }

  private void readPlain(PlanarRows rows) throws IOException {
    byte[] row = new byte[Math.toIntExact(stride(width, header.bits()))];
    byte[] rgba = new byte[4 * width];
    // The padding of the last row may be missing.
    int needed = (int) (((long) width * header.bits() + 7) / 8);
    for (int i = 0; i < height; i++) {
      in.readFully(row, 0, needed);
      unpack(row, rgba);
      rows.set(header.topDown() ? i : height - 1 - i, rgba, 0);
      if (i < height - 1) {
        in.readFully(row, 0, row.length - needed);
      }
    }
  }

  private void unpack(byte[] row, byte[] rgba) throws IOException {
    int bits = header.bits();
    for (int x = 0; x < width; x++) {
      switch (bits) {
        case 1, 2, 4, 8 -> {
          int bit = x * bits;
          look(row[bit / 8] >> (8 - bits - bit % 8) & ((1 << bits) - 1), rgba, 4 * x);
        }
        case 24 -> bgr(row, 3 * x, rgba, 4 * x);
        case 16 -> masked((row[2 * x] & 0xFF) | (row[2 * x + 1] & 0xFF) << 8, rgba, 4 * x);
        case 32 ->
            masked(
                (row[4 * x] & 0xFF)
                    | (row[4 * x + 1] & 0xFF) << 8
                    | (row[4 * x + 2] & 0xFF) << 16
                    | row[4 * x + 3] << 24,
                rgba,
                4 * x);
        default -> throw new IOException(bits + " bits");
      }
    }
  }

  private static void bgr(byte[] from, int at, byte[] rgba, int to) {
    rgba[to] = from[at + 2];
    rgba[to + 1] = from[at + 1];
    rgba[to + 2] = from[at];
    rgba[to + 3] = -1;
  }

  private void look(int index, byte[] rgba, int to) {
    byte[] palette = header.palette();
    if (3 * index + 2 < palette.length) {
      System.arraycopy(palette, 3 * index, rgba, to, 3);
    } else {
      Arrays.fill(rgba, to, to + 3, (byte) 0);
    }
    rgba[to + 3] = -1;
  }

  private void masked(int pixel, byte[] rgba, int to) {
    for (int c = 0; c < 4; c++) {
      int mask = header.masks()[c];
      if (mask == 0) {
        rgba[to + c] = (byte) (c == 3 ? 255 : 0);
        continue;
      }
      int shift = Integer.numberOfTrailingZeros(mask);
      long most = Integer.toUnsignedLong(mask >>> shift);
      long value = Integer.toUnsignedLong((pixel & mask) >>> shift);
      rgba[to + c] = (byte) ((value * 255 + most / 2) / most);
    }
  }

  /**
   * Decodes RLE8, RLE4 and RLE24. As in browsers, pixels that the data skips are black, and a row
   * counts if its end is marked.
   */
  private void readRuns(PlanarRows rows) throws IOException {
    byte[] rgba = new byte[4 * width];
    blacken(rgba);
    boolean four = header.compression() == DibHeader.RLE4;
    boolean wide = header.compression() == DibHeader.RLE24;
    int x = 0;
    int y = 0;
    while (y < height) {
      int count = in.readUnsignedByte();
      int value = in.readUnsignedByte();
      if (count > 0 && wide) {
        byte[] colour = {(byte) value, in.readByte(), in.readByte()};
        for (int i = 0; i < count && x < width; i++, x++) {
          bgr(colour, 0, rgba, 4 * x);
        }
      } else if (count > 0) {
        for (int i = 0; i < count && x < width; i++, x++) {
          look(four ? (i % 2 == 0 ? value >> 4 : value & 15) : value, rgba, 4 * x);
        }
      } else if (value == 0 || value == 1) {
        put(rows, y++, rgba);
        x = 0;
        blacken(rgba);
        if (value == 1) {
          while (y < height) {
            put(rows, y++, rgba);
          }
        }
      } else if (value == 2) {
        x = Math.min(width, x + in.readUnsignedByte());
        for (int down = in.readUnsignedByte(); down > 0 && y < height; down--) {
          put(rows, y++, rgba);
          blacken(rgba);
        }
      } else {
        int bytes = four ? (value + 1) / 2 : wide ? 3 * value : value;
        byte[] literal = new byte[(bytes + 1) / 2 * 2];
        in.readFully(literal);
        for (int i = 0; i < value && x < width; i++, x++) {
          if (wide) {
            bgr(literal, 3 * i, rgba, 4 * x);
            continue;
          }
          int there = four ? literal[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15 : literal[i] & 0xFF;
          look(there, rgba, 4 * x);
        }
      }
    }
  }

  private static void blacken(byte[] rgba) {
    for (int i = 0; i < rgba.length; i++) {
      rgba[i] = (byte) (i % 4 == 3 ? 255 : 0);
    }
  }

  private void put(PlanarRows rows, int y, byte[] rgba) {
    rows.set(header.topDown() ? y : height - 1 - y, rgba, 0);
  }
}

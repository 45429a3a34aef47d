package io.thumbnailer.imaging.codec.png;

/**
 * Converts a row of a PNG's samples with 1 to 16 bits to 8-bit grey or RGB, with or without alpha.
 * Palettes are looked up, and the colour in tRNS becomes transparent.
 */
final class PngPixels {
  private final int depth;
  private final int samples;
  private final int channels;
  private final boolean palette;
  private final byte[][] colours;

  /** The samples of the transparent colour, or null. */
  private final int[] transparent;

  PngPixels(PngChunks header) {
    this.depth = header.depth();
    this.samples = header.samples();
    this.palette = header.isPalette();
    byte[] transparency = header.transparency();
    boolean alpha = transparency.length > 0 || header.hasAlphaSamples();
    this.channels = (header.isColour() ? 3 : 1) + (alpha ? 1 : 0);
    this.colours = palette ? colours(header.palette(), transparency) : null;
    this.transparent = palette || transparency.length == 0 ? null : transparent(transparency);
  }

  /** Indices beyond the palette show its last entry, as in browsers. */
  private byte[][] colours(byte[] entries, byte[] alpha) {
    byte[][] result = new byte[256][channels];
    for (int i = 0; i < result.length; i++) {
      int entry = Math.min(i, entries.length / 3 - 1);
      System.arraycopy(entries, 3 * entry, result[i], 0, 3);
      if (channels == 4) {
        result[i][3] = entry < alpha.length ? alpha[entry] : -1;
      }
    }
    return result;
  }

  /** Only as many low bits count as a sample has; some writers set the others too. */
  private int[] transparent(byte[] pairs) {
    int[] result = new int[samples];
    for (int i = 0; i < samples; i++) {
      int value = (pairs[2 * i] & 0xFF) << 8 | (pairs[2 * i + 1] & 0xFF);
      result[i] = value & ((1 << depth) - 1);
    }
    return result;
  }

  /** 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGB and alpha. */
  int channels() {
    return channels;
  }

  /** The number of bytes in a row without its filter byte. */
  int rowBytes(int width) {
    return Math.toIntExact(((long) width * samples * depth + 7) / 8);
  }

  /** The number of bytes in a pixel for filters, at least 1. */
  int step() {
    return Math.max(1, samples * depth / 8);
  }

  /** Whether rows already have the required form and need not be unpacked. */
  boolean plain() {
    return depth == 8 && !palette && transparent == null;
  }

  /** Unpacks a row that begins with its filter byte. */
  void unpack(byte[] row, int width, byte[] out) {
    for (int x = 0, to = 0; x < width; x++, to += channels) {
      if (palette) {
        System.arraycopy(colours[sample(row, x)], 0, out, to, channels);
        continue;
      }
      boolean hidden = transparent != null;
      for (int c = 0; c < samples; c++) {
        int value = sample(row, x * samples + c);
        hidden &= transparent == null || value == transparent[c];
        out[to + c] = scaled(value);
      }
      if (transparent != null) {
        out[to + samples] = (byte) (hidden ? 0 : 255);
      }
    }
  }

  private byte scaled(int value) {
    return switch (depth) {
      case 1 -> (byte) -value;
      case 2 -> (byte) (value * 85);
      case 4 -> (byte) (value * 17);
      case 8 -> (byte) value;
      default -> (byte) ((value * 255 + 32767) / 65535);
    };
  }

  private int sample(byte[] row, int index) {
    if (depth == 8) {
      return row[1 + index] & 0xFF;
    }
    if (depth == 16) {
      return (row[1 + 2 * index] & 0xFF) << 8 | (row[2 + 2 * index] & 0xFF);
    }
    int bit = index * depth;
    return row[1 + bit / 8] >> (8 - depth - bit % 8) & ((1 << depth) - 1);
  }
}

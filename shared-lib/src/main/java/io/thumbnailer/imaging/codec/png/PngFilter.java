package io.thumbnailer.imaging.codec.png;

import java.io.IOException;

/**
 * The filters of PNG (ISO/IEC 15948, 9.2), which code bytes as differences from their neighbours.
 * The first byte of a row names its filter.
 */
final class PngFilter {
  private PngFilter() {}

  /**
   * Reverses a row's filter.
   *
   * @param row filter byte and samples; modified
   * @param above the previous row after its filter was reversed, or zeros
   * @param step number of bytes in a pixel
   */
  static void undo(byte[] row, byte[] above, int step) throws IOException {
    switch (row[0]) {
      case 0 -> {}
      case 1 -> undoSub(row, step);
      case 2 -> undoUp(row, above);
      case 3 -> undoAverage(row, above, step);
      case 4 -> undoPaeth(row, above, step);
      default -> throw new IOException("unknown filter");
    }
  }

  private static void undoSub(byte[] row, int step) {
    for (int i = 1 + step; i < row.length; i++) {
      row[i] = (byte) (row[i] + row[i - step]);
    }
  }

  private static void undoUp(byte[] row, byte[] above) {
    byte filter = row[0];
    for (int i = 0; i < row.length; i++) {
      row[i] = (byte) (row[i] + above[i]);
    }
    row[0] = filter;
  }

  private static void undoAverage(byte[] row, byte[] above, int step) {
    for (int i = 1; i <= step; i++) {
      row[i] = (byte) (row[i] + ((above[i] & 0xFF) >> 1));
    }
    for (int i = 1 + step; i < row.length; i++) {
      row[i] = (byte) (row[i] + (((row[i - step] & 0xFF) + (above[i] & 0xFF)) >> 1));
    }
  }

  private static void undoPaeth(byte[] row, byte[] above, int step) {
    for (int i = 1; i <= step; i++) {
      row[i] = (byte) (row[i] + above[i]);
    }
    for (int i = 1 + step; i < row.length; i++) {
      row[i] =
          (byte) (row[i] + paeth(row[i - step] & 0xFF, above[i] & 0xFF, above[i - step] & 0xFF));
    }
  }

  /**
   * Returns whichever of left, upper and upper left is nearest to left + upper - upper left.
   * Branch-free, because it is unpredictable which one that is.
   */
  private static int paeth(int left, int upper, int corner) {
    int toLeft = Math.abs(upper - corner);
    int toUpper = Math.abs(left - corner);
    int toCorner = Math.abs(left + upper - 2 * corner);
    int nearer = left ^ ((left ^ upper) & ((toUpper - toLeft) >> 31));
    return nearer ^ ((nearer ^ corner) & ((toCorner - Math.min(toLeft, toUpper)) >> 31));
  }

  /** Filters a row with {@link #paeth}. */
  static void paeth(byte[] row, byte[] above, int step, byte[] out) {
    out[0] = 4;
    for (int i = 1; i <= step; i++) {
      out[i] = (byte) (row[i] - above[i]);
    }
    for (int i = 1 + step; i < row.length; i++) {
      out[i] =
          (byte) (row[i] - paeth(row[i - step] & 0xFF, above[i] & 0xFF, above[i - step] & 0xFF));
    }
  }
}

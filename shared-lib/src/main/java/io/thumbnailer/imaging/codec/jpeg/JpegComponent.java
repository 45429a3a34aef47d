package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.raster.Plane;
import java.io.IOException;

/** One channel of a JPEG and the DC coefficients of its blocks that have been decoded. */
final class JpegComponent {
  /**
   * Weights in 1/256 of that of the DC coefficient. They give each quarter of a block its mean if
   * the block is a slope: the higher coefficients of a slope are proportional to the lowest ones.
   */
  private static final int EDGE = 225;

  private static final int CORNER = 197;

  final int id;
  final int horizontal;
  final int vertical;

  /** The mean of a block differs from grey by at most 1024; rounding does not exceed this limit. */
  private static final int FARTHEST_MEAN = 1280;

  private final int table;
  private final int pixelsX;
  private final int pixelsY;
  private final int blocksX;
  private final int blocksY;
  private final double extentX;
  private final double extentY;

  /** The number of blocks in a row, including those that fill up the last unit. */
  final int stride;

  private final int rows;

  /** The DC coefficient of each block at 1/8; otherwise null. */
  int[] coefficients;

  /** Set at the start of each scan. */
  HuffmanTable dc;

  HuffmanTable ac;
  int predictor;
  private int[] quantisation;
  private boolean seen;

  /** The samples at 1/4; otherwise null. */
  private byte[] samples;

  /**
   * Creates a component of a frame.
   *
   * @param horizontal sampling factor; the resolution is this divided by the largest one in the
   *     frame
   * @param vertical sampling factor, likewise
   */
  JpegComponent(
      int id,
      int horizontal,
      int vertical,
      int table,
      int width,
      int height,
      int mostHorizontal,
      int mostVertical) {
    this.id = id;
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.table = table;
    this.pixelsX = divide(width * horizontal, mostHorizontal);
    this.pixelsY = divide(height * vertical, mostVertical);
    this.blocksX = divide(pixelsX, 8);
    this.blocksY = divide(pixelsY, 8);
    this.extentX = (double) width * horizontal / mostHorizontal / 8;
    this.extentY = (double) height * vertical / mostVertical / 8;
    this.stride = divide(width, 8 * mostHorizontal) * horizontal;
    this.rows = divide(height, 8 * mostVertical) * vertical;
  }

  static int divide(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  int blocksX() {
    return blocksX;
  }

  int blocksY() {
    return blocksY;
  }

  /** The number of rows of blocks, including those that fill up the last unit. */
  int rows() {
    return rows;
  }

  /**
   * Sets the quantisation table that is valid when the first scan of the component begins (ITU
   * T.81, B.2.4.1).
   */
  void begin(int[][] quantisations) throws IOException {
    if (!seen) {
      seen = true;
      quantisation = quantisations[table];
      if (quantisation == null) {
        throw new IOException("a quantisation table is missing");
      }
    }
  }

  /** Prepares the component for one sample per block. */
  void makeEighth() {
    coefficients = new int[stride * rows];
  }

  /** Whether the last DC coefficient has a value that is impossible in an image. */
  boolean impossible(int shift) {
    int step = quantisation[0];
    return Math.abs((long) predictor << shift) * step > FARTHEST_MEAN + step;
  }

  /** Prepares the component for 2 by 2 samples per block. */
  void makeQuarter() {
    samples = new byte[4 * stride * rows];
  }

  /**
   * Computes a block's samples from its DC coefficient, which is {@link #predictor}, and its lowest
   * AC coefficients before quantisation is undone.
   */
  void quarter(int block, int horizontal, int vertical, int diagonal) {
    int mean = (predictor * quantisation[0] + (128 << 3) + 4) << 8;
    int x = horizontal * quantisation[1] * EDGE;
    int y = vertical * quantisation[2] * EDGE;
    int xy = diagonal * quantisation[4] * CORNER;
    int at = 4 * (block / stride) * stride + 2 * (block % stride);
    samples[at] = clamp(mean + x + y + xy);
    samples[at + 1] = clamp(mean - x + y - xy);
    samples[at + 2 * stride] = clamp(mean + x - y - xy);
    samples[at + 2 * stride + 1] = clamp(mean - x - y + xy);
  }

  private static byte clamp(int value) {
    return (byte) Math.min(255, Math.max(0, value >> 11));
  }

  /**
   * Returns the samples of all blocks. Throws {@link IOException} if no scan contained the
   * component.
   */
  Plane plane() throws IOException {
    if (!seen) {
      throw new IOException("a component is missing");
    }
    return samples == null ? means() : quarters();
  }

  private Plane quarters() {
    int width = divide(pixelsX, 4);
    int height = divide(pixelsY, 4);
    byte[] cropped = new byte[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(samples, 2 * y * stride, cropped, y * width, width);
    }
    return new Plane(cropped, width, height, 2 * extentX, 2 * extentY);
  }

  private Plane means() {
    byte[] means = new byte[blocksX * blocksY];
    for (int y = 0; y < blocksY; y++) {
      for (int x = 0; x < blocksX; x++) {
        // 1/8, rounded like the inverse transform of a block without other coefficients
        int mean = ((coefficients[y * stride + x] * quantisation[0] + 4) >> 3) + 128;
        means[y * blocksX + x] = (byte) Math.min(255, Math.max(0, mean));
      }
    }
    return new Plane(means, blocksX, blocksY, extentX, extentY);
  }
}

package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.raster.Plane;
import java.io.IOException;

/** One of a JPEG's channels and the DC coefficients of its blocks, as far as they are decoded. */
final class JpegComponent {
  /**
   * Weights, in 1/256 of the DC coefficient's, that give each quarter of a block its mean where the
   * block is a slope. A slope has higher coefficients too, which are in proportion to the lowest.
   */
  private static final int EDGE = 225;

  private static final int CORNER = 197;

  final int id;
  final int horizontal;
  final int vertical;

  /** The mean of a block is at most 1024 from grey; rounding does not exceed this limit. */
  private static final int FARTHEST_MEAN = 1280;

  private final int table;
  private final int pixelsX;
  private final int pixelsY;
  private final int blocksX;
  private final int blocksY;
  private final double extentX;
  private final double extentY;

  /** Blocks in a row, with those that fill up the last unit. */
  final int stride;

  private final int rows;

  /** At an eighth, the DC coefficient of each block; otherwise null. */
  int[] coefficients;

  /** Set at the start of each scan. */
  HuffmanTable dc;

  HuffmanTable ac;
  int predictor;
  private int[] quantisation;
  private boolean seen;

  /** At a quarter, the samples; otherwise null. */
  private byte[] samples;

  /**
   * A component of a frame.
   *
   * @param horizontal sampling factor; one over the largest of the frame's is its resolution
   * @param vertical likewise
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

  /** Rows of blocks, with those that fill up the last unit. */
  int rows() {
    return rows;
  }

  /** Takes the quantisation that holds when its first scan begins (ITU T.81, B.2.4.1). */
  void begin(int[][] quantisations) throws IOException {
    if (!seen) {
      seen = true;
      quantisation = quantisations[table];
      if (quantisation == null) {
        throw new IOException("a quantisation table is missing");
      }
    }
  }

  /** Lets the component have one sample a block. */
  void makeEighth() {
    coefficients = new int[stride * rows];
  }

  /** Whether the last DC coefficient is one that no image has. */
  boolean impossible(int shift) {
    int step = quantisation[0];
    return Math.abs((long) predictor << shift) * step > FARTHEST_MEAN + step;
  }

  /** Lets the component have 2 by 2 samples a block. */
  void makeQuarter() {
    samples = new byte[4 * stride * rows];
  }

  /**
   * Makes a block's samples from its DC coefficient, which is {@link #predictor}, and its lowest AC
   * coefficients, not yet multiplied by their quantisation.
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

  /** The samples of all blocks. Throws {@link IOException} if there was no scan of it. */
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
        // an eighth, rounded, as the inverse transform of a block without other coefficients gives
        int mean = ((coefficients[y * stride + x] * quantisation[0] + 4) >> 3) + 128;
        means[y * blocksX + x] = (byte) Math.min(255, Math.max(0, mean));
      }
    }
    return new Plane(means, blocksX, blocksY, extentX, extentY);
  }
}

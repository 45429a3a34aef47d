package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.raster.Plane;
import java.io.IOException;

/** One of a JPEG's channels and the DC coefficients of its blocks, as far as they are decoded. */
final class JpegComponent {
  final int id;
  final int horizontal;
  final int vertical;
  private final int table;
  private final int blocksX;
  private final int blocksY;
  private final double extentX;
  private final double extentY;

  /** Blocks in a row of {@link #coefficients}, with those that fill up the last unit. */
  final int stride;

  final int[] coefficients;

  /** Set at the start of each scan. */
  HuffmanTable dc;

  HuffmanTable ac;
  int predictor;
  private int quantisation;
  private boolean seen;

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
    this.blocksX = divide(divide(width * horizontal, mostHorizontal), 8);
    this.blocksY = divide(divide(height * vertical, mostVertical), 8);
    this.extentX = (double) width * horizontal / mostHorizontal / 8;
    this.extentY = (double) height * vertical / mostVertical / 8;
    this.stride = divide(width, 8 * mostHorizontal) * horizontal;
    this.coefficients = new int[stride * divide(height, 8 * mostVertical) * vertical];
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

  /** Rows of {@link #coefficients}. */
  int rows() {
    return coefficients.length / stride;
  }

  /** Takes the quantisation that holds when its first scan begins (ITU T.81, B.2.4.1). */
  void begin(int[] quantisations) {
    if (!seen) {
      seen = true;
      quantisation = quantisations[table];
    }
  }

  /** Each block's mean. Throws {@link IOException} if there was no scan of it. */
  Plane plane() throws IOException {
    if (!seen) {
      throw new IOException("a component is missing");
    }
    byte[] samples = new byte[blocksX * blocksY];
    for (int y = 0; y < blocksY; y++) {
      for (int x = 0; x < blocksX; x++) {
        // an eighth, rounded, as the inverse transform of a block without other coefficients gives
        int mean = ((coefficients[y * stride + x] * quantisation + 4) >> 3) + 128;
        samples[y * blocksX + x] = (byte) Math.min(255, Math.max(0, mean));
      }
    }
    return new Plane(samples, blocksX, blocksY, extentX, extentY);
  }
}

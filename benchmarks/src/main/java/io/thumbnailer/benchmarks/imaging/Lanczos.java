package io.thumbnailer.benchmarks.imaging;

import java.awt.image.BufferedImage;

/**
 * The reference for thumbnails: Lanczos-3 over every pixel of the whole image in double precision,
 * with colours multiplied by alpha. It shares no code with what it measures.
 */
final class Lanczos {
  /** Red, green and blue, multiplied by alpha; then alpha. */
  static final int CHANNELS = 4;

  private Lanczos() {}

  /** The image's channels, 0 to 255. */
  static double[][] channels(BufferedImage image) {
    int width = image.getWidth();
    double[][] channels = new double[CHANNELS][width * image.getHeight()];
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int alpha = row[x] >>> 24;
        for (int c = 0; c < 3; c++) {
          channels[c][y * width + x] = (row[x] >> (16 - 8 * c) & 0xFF) * alpha / 255.0;
        }
        channels[3][y * width + x] = alpha;
      }
    }
    return channels;
  }

  static double[][] shrink(double[][] image, int width, int height, int toWidth, int toHeight) {
    double[][] result = new double[CHANNELS][];
    for (int c = 0; c < CHANNELS; c++) {
      double[] turned = rows(image[c], width, height, toWidth);
      result[c] = rows(turned, height, toWidth, toHeight);
      for (int i = 0; i < result[c].length; i++) {
        result[c][i] = Math.min(255, Math.max(0, result[c][i]));
      }
    }
    return result;
  }

  /** Shrinks each row; the result has the rows as columns. */
  private static double[] rows(double[] in, int width, int height, int target) {
    double[] out = new double[target * height];
    double scale = (double) width / target;
    for (int x = 0; x < target; x++) {
      double center = (x + 0.5) * scale;
      int from = Math.max(0, (int) Math.floor(center - 3 * scale));
      int to = Math.min(width, (int) Math.ceil(center + 3 * scale));
      double[] weights = new double[to - from];
      double sum = 0;
      for (int i = from; i < to; i++) {
        weights[i - from] = kernel((i + 0.5 - center) / scale);
        sum += weights[i - from];
      }
      for (int y = 0; y < height; y++) {
        double value = 0;
        for (int i = 0; i < weights.length; i++) {
          value += weights[i] * in[y * width + from + i];
        }
        out[x * height + y] = value / sum;
      }
    }
    return out;
  }

  private static double kernel(double x) {
    if (Math.abs(x) >= 3) {
      return 0;
    }
    return x == 0
        ? 1
        : 3 * Math.sin(Math.PI * x) * Math.sin(Math.PI * x / 3) / (Math.PI * Math.PI * x * x);
  }
}

package io.thumbnailer.imaging;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Two-pass separable resampling of packed 8-bit pixels. The vertical pass comes first, a row of
 * floats at a time, because its inner loop runs along rows.
 */
final class Resampler {
  private static final int CHANNELS = 4;

  /**
   * Scales a part of an image.
   *
   * @param source of type {@code INT_RGB} or {@code INT_ARGB_PRE}; alpha is premultiplied so that
   *     transparent pixels do not bleed
   * @param crop the part, inside the source
   * @param width of the result in pixels
   * @param height of the result in pixels
   * @return an image of the source's type
   */
  BufferedImage resample(BufferedImage source, Rectangle crop, int width, int height) {
    BufferedImage target = new BufferedImage(width, height, source.getType());
    int[] in = pixels(source);
    int[] out = pixels(target);
    int stride = source.getWidth();
    FilterWeights columns = FilterWeights.of(0, crop.width, width);
    FilterWeights rows = FilterWeights.of(crop.y, crop.height, height);
    float[] row = new float[crop.width * CHANNELS];
    for (int y = 0; y < height; y++) {
      java.util.Arrays.fill(row, 0);
      float[] weights = rows.weights()[y];
      for (int j = 0; j < weights.length; j++) {
        addRow(in, (rows.first()[y] + j) * stride + crop.x, weights[j], row, crop.width);
      }
      for (int x = 0; x < width; x++) {
        out[y * width + x] = pixel(row, columns.first()[x], columns.weights()[x]);
      }
    }
    return target;
  }

  private static void addRow(int[] in, int from, float weight, float[] row, int width) {
    for (int x = 0, o = 0; x < width; x++, o += CHANNELS) {
      int pixel = in[from + x];
      row[o] += weight * (pixel >>> 24);
      row[o + 1] += weight * (pixel >> 16 & 0xFF);
      row[o + 2] += weight * (pixel >> 8 & 0xFF);
      row[o + 3] += weight * (pixel & 0xFF);
    }
  }

  private static int pixel(float[] row, int first, float[] weights) {
    float a = 0;
    float r = 0;
    float g = 0;
    float b = 0;
    for (int j = 0, i = first * CHANNELS; j < weights.length; j++, i += CHANNELS) {
      float weight = weights[j];
      a += weight * row[i];
      r += weight * row[i + 1];
      g += weight * row[i + 2];
      b += weight * row[i + 3];
    }
    return clamp(a) << 24 | clamp(r) << 16 | clamp(g) << 8 | clamp(b);
  }

  private static int clamp(float value) {
    return Math.min(255, Math.max(0, Math.round(value)));
  }

  private static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }
}

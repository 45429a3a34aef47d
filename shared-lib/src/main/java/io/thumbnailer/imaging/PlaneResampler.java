package io.thumbnailer.imaging;

/**
 * Two-pass separable resampling of one plane. Both passes sum whole rows of floats, which the JIT
 * compiler turns into vector instructions; between them the picture is transposed, so that the
 * second pass runs along rows too. A turned picture costs less than an upright one: it leaves out
 * the transposition back.
 */
final class PlaneResampler {
  /** Rows or columns that are transposed together, so that they stay in the L1 cache. */
  private static final int BLOCK = 16;

  private PlaneResampler() {}

  /**
   * Resamples.
   *
   * @param rows weights along the vertical axis of the source
   * @param columns weights along its horizontal axis
   * @param transpose whether the result's rows are the source's columns
   * @return samples of {@code columns} by {@code rows} targets, or the other way round
   */
  static byte[] resample(
      Plane source, FilterWeights rows, FilterWeights columns, boolean transpose) {
    int outWidth = columns.targets();
    int outHeight = rows.targets();
    float[] turned = vertical(source, rows);
    byte[] result = new byte[outWidth * outHeight];
    float[] sums = new float[BLOCK * outHeight];
    for (int x = 0; x < outWidth; x += BLOCK) {
      int block = Math.min(BLOCK, outWidth - x);
      for (int i = 0; i < block; i++) {
        int offset = i * outHeight;
        java.util.Arrays.fill(sums, offset, offset + outHeight, 0.5f); // rounds
        float[] weights = columns.weights()[x + i];
        addRows(sums, offset, turned, columns.first()[x + i] * outHeight, weights, outHeight);
      }
      if (transpose) {
        clamp(sums, result, x * outHeight, block * outHeight);
      } else {
        clampTransposed(sums, result, x, block, outWidth, outHeight);
      }
    }
    return result;
  }

  /** The first pass; returns its result transposed: a row of it is a column of the source. */
  private static float[] vertical(Plane source, FilterWeights rows) {
    int width = source.width();
    int outHeight = rows.targets();
    int ring = 1;
    for (float[] weights : rows.weights()) {
      ring = Math.max(ring, weights.length);
    }
    float[] floats = new float[ring * width]; // source row y is kept at y % ring
    int[] kept = new int[ring];
    java.util.Arrays.fill(kept, -1);
    float[] turned = new float[width * outHeight];
    float[] sums = new float[BLOCK * width];
    for (int y = 0; y < outHeight; y += BLOCK) {
      int block = Math.min(BLOCK, outHeight - y);
      java.util.Arrays.fill(sums, 0, block * width, 0f);
      for (int i = 0; i < block; i++) {
        int first = rows.first()[y + i];
        float[] weights = rows.weights()[y + i];
        int toWrap = Math.min(weights.length, ring - first % ring);
        for (int j = 0; j < weights.length; j++) {
          keep(source, first + j, floats, kept);
        }
        addRows(sums, i * width, floats, first % ring * width, weights, 0, toWrap, width);
        addRows(sums, i * width, floats, 0, weights, toWrap, weights.length, width);
      }
      transpose(sums, turned, y, block, width, outHeight);
    }
    return turned;
  }

  private static void keep(Plane source, int y, float[] floats, int[] kept) {
    int place = y % kept.length;
    if (kept[place] != y) {
      kept[place] = y;
      toFloats(
          source.samples(), y * source.width(), floats, place * source.width(), source.width());
    }
  }

  private static void toFloats(byte[] in, int from, float[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = in[from + i] & 0xFF;
    }
  }

  private static void addRows(
      float[] sums, int to, float[] rows, int from, float[] weights, int width) {
    addRows(sums, to, rows, from, weights, 0, weights.length, width);
  }

  /**
   * Adds rows that follow each other, by their weights: four at a time to save loads and stores.
   */
  private static void addRows(
      float[] sums, int to, float[] rows, int from, float[] w, int start, int end, int width) {
    int j = start;
    int row = from;
    for (; j + 4 <= end; j += 4, row += 4 * width) {
      addFour(sums, to, rows, row, w[j], w[j + 1], w[j + 2], w[j + 3], width);
    }
    for (; j < end; j++, row += width) {
      addOne(sums, to, rows, row, w[j], width);
    }
  }

  private static void addFour(
      float[] sums, int to, float[] in, int a, float wa, float wb, float wc, float wd, int width) {
    int b = a + width;
    int c = b + width;
    int d = c + width;
    for (int x = 0; x < width; x++) {
      sums[to + x] += wa * in[a + x] + wb * in[b + x] + wc * in[c + x] + wd * in[d + x];
    }
  }

  private static void addOne(float[] sums, int to, float[] in, int from, float w, int width) {
    for (int x = 0; x < width; x++) {
      sums[to + x] += w * in[from + x];
    }
  }

  private static void transpose(
      float[] sums, float[] turned, int y, int block, int width, int outHeight) {
    for (int x = 0; x < width; x++) {
      int to = x * outHeight + y;
      for (int i = 0; i < block; i++) {
        turned[to + i] = sums[i * width + x];
      }
    }
  }

  private static void clamp(float[] sums, byte[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = (byte) (int) Math.min(255f, Math.max(0f, sums[i]));
    }
  }

  private static void clampTransposed(
      float[] sums, byte[] out, int x, int block, int outWidth, int outHeight) {
    for (int y = 0; y < outHeight; y++) {
      int to = y * outWidth + x;
      for (int i = 0; i < block; i++) {
        out[to + i] = (byte) (int) Math.min(255f, Math.max(0f, sums[i * outHeight + y]));
      }
    }
  }
}

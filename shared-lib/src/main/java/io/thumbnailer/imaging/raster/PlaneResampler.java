package io.thumbnailer.imaging.raster;

/**
 * Separable resampling of one plane in two passes, a block of rows at a time, so that the
 * intermediate result stays in the cache.
 *
 * <p>The vertical pass comes first and sums whole rows. Each row is a separate array: the JIT
 * compiler vectorizes a loop only if every array in it has the same index, because it cannot prove
 * otherwise that two ranges of {@code float} do not overlap. The horizontal pass then sums along
 * several rows of the block at once, because their sums do not depend on each other.
 */
final class PlaneResampler {
  /** The number of rows that the horizontal pass processes together. */
  private static final int BLOCK = 4;

  private final Plane source;
  private final FilterWeights rows;
  private final FilterWeights columns;

  /** The columns of the source that are used. */
  private final int left;

  private final int width;

  /** Source rows as floats: row y is at y % length. */
  private final float[][] ring;

  private final int[] kept;
  private final float[][] block;
  private final byte[] result;

  private PlaneResampler(Plane source, FilterWeights rows, FilterWeights columns) {
    this.source = source;
    this.rows = rows;
    this.columns = columns;
    int from = source.width();
    int to = 0;
    for (int first : columns.first()) {
      from = Math.min(from, first);
      to = Math.max(to, first + columns.taps());
    }
    this.left = from;
    this.width = to - from;
    this.ring = new float[rows.taps()][width];
    this.kept = new int[ring.length];
    java.util.Arrays.fill(kept, -1);
    this.block = new float[BLOCK][width];
    this.result = new byte[columns.targets() * rows.targets()];
  }

  /**
   * Resamples a plane.
   *
   * @param rows weights along the vertical axis of the source
   * @param columns weights along its horizontal axis
   * @param transpose whether the result's rows are the source's columns
   * @return the samples, {@code columns} by {@code rows} targets or transposed
   */
  static byte[] resample(
      Plane source, FilterWeights rows, FilterWeights columns, boolean transpose) {
    PlaneResampler pass = new PlaneResampler(source, rows, columns);
    int outWidth = columns.targets();
    int outHeight = rows.targets();
    for (int y = 0; y < outHeight; y += BLOCK) {
      int count = Math.min(BLOCK, outHeight - y);
      for (int i = 0; i < count; i++) {
        pass.vertical(y + i, pass.block[i]);
      }
      pass.horizontal(
          count, transpose ? y : y * outWidth, transpose ? 1 : outWidth, transpose ? outHeight : 1);
    }
    return pass.result;
  }

  private void vertical(int target, float[] sums) {
    int first = rows.first()[target];
    int taps = rows.taps();
    for (int y = first; y < first + taps; y++) {
      keep(y);
    }
    java.util.Arrays.fill(sums, 0);
    float[] w = rows.weights();
    int at = target * taps;
    int j = 0;
    for (; j + 4 <= taps; j += 4) {
      addFour(
          sums,
          row(first + j),
          row(first + j + 1),
          row(first + j + 2),
          row(first + j + 3),
          w,
          at + j);
    }
    for (; j < taps; j++) {
      addOne(sums, row(first + j), w[at + j]);
    }
  }

  private float[] row(int y) {
    return ring[y % ring.length];
  }

  private void keep(int y) {
    int place = y % kept.length;
    if (kept[place] != y) {
      kept[place] = y;
      toFloats(source.samples(), y * source.width() + left, ring[place]);
    }
  }

  private static void toFloats(byte[] in, int from, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = in[from + i] & 0xFF;
    }
  }

  private static void addFour(
      float[] sums, float[] a, float[] b, float[] c, float[] d, float[] w, int at) {
    float wa = w[at];
    float wb = w[at + 1];
    float wc = w[at + 2];
    float wd = w[at + 3];
    for (int x = 0; x < sums.length; x++) {
      sums[x] += (wa * a[x] + wb * b[x]) + (wc * c[x] + wd * d[x]);
    }
  }

  private static void addOne(float[] sums, float[] in, float w) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += w * in[x];
    }
  }

  /** Writes each sum of the block's rows to {@code to + row * rowStep + x * step}. */
  private void horizontal(int count, int to, int rowStep, int step) {
    float[] a = block[0];
    float[] b = block[1];
    float[] c = block[2];
    float[] d = block[3];
    float[] weights = columns.weights();
    int taps = columns.taps();
    for (int x = 0, at = to; x < columns.targets(); x++, at += step) {
      int from = columns.first()[x] - left;
      int w = x * taps;
      float sumA = 0.5f; // rounds
      float sumB = 0.5f;
      float sumC = 0.5f;
      float sumD = 0.5f;
      for (int j = 0; j < taps; j++) {
        float weight = weights[w + j];
        sumA += weight * a[from + j];
        sumB += weight * b[from + j];
        sumC += weight * c[from + j];
        sumD += weight * d[from + j];
      }
      result[at] = clamp(sumA);
      if (count == BLOCK) {
        result[at + rowStep] = clamp(sumB);
        result[at + 2 * rowStep] = clamp(sumC);
        result[at + 3 * rowStep] = clamp(sumD);
      } else {
        if (count > 1) {
          result[at + rowStep] = clamp(sumB);
        }
        if (count > 2) {
          result[at + 2 * rowStep] = clamp(sumC);
        }
      }
    }
  }

  private static byte clamp(float value) {
    return (byte) Math.min(255, Math.max(0, (int) value));
  }
}

package io.thumbnailer.imaging.raster;

import java.util.Arrays;

/**
 * Separable resampling of one plane in two passes, a band of the result's rows at a time, so that
 * the intermediate result stays in the cache.
 *
 * <p>Both passes sum whole arrays with one weight each, which the JIT compiler vectorizes: the
 * vertical pass sums rows of the source, and the horizontal pass sums columns of the band, which is
 * therefore transposed. Each row and each column is a separate array: the JIT compiler vectorizes a
 * loop only if every array in it has the same index, because it cannot prove otherwise that two
 * ranges of {@code float} do not overlap.
 */
final class PlaneResampler {
  /**
   * The number of samples in a band, at most: 1 MB, the second-level cache of common processors.
   */
  private static final int BAND = 1 << 18;

  /** The header of an array, in samples, with what its alignment takes. */
  private static final int ARRAY = 6;

  /** The most rows in a band; more no longer make the loops over a column faster. */
  private static final int MOST_ROWS = 256;

  /** The number of rows that are transposed together; each makes a part of a cache line. */
  private static final int BLOCK = 8;

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

  /** The band's columns: {@code band[x][y]}. */
  private final float[][] band;

  private final float[] sums;
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
    Arrays.fill(kept, -1);
    this.block = new float[BLOCK][width];
    int height = bandRows(width, rows.targets());
    this.band = new float[width][height];
    this.sums = new float[height];
    this.result = new byte[columns.targets() * rows.targets()];
  }

  /** The memory for a plane with this many columns and a result with this many rows, in bytes. */
  static long memory(long width, int targets, long taps) {
    return Float.BYTES * width * (taps + BLOCK + bandRows(width, targets) + ARRAY);
  }

  private static int bandRows(long width, int targets) {
    long most = Math.max(BLOCK, Math.min(MOST_ROWS, BAND / width / BLOCK * BLOCK));
    return (int) Math.min(most, (targets + BLOCK - 1L) / BLOCK * BLOCK);
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
    int height = pass.sums.length;
    for (int y = 0; y < outHeight; y += height) {
      int count = Math.min(height, outHeight - y);
      pass.vertical(y, count);
      if (transpose) {
        pass.horizontal(count, y, outHeight, 1);
      } else {
        pass.horizontal(count, y * outWidth, 1, outWidth);
      }
    }
    return pass.result;
  }

  /** Fills the band with the sums of {@code count} rows of the result. */
  private void vertical(int target, int count) {
    for (int y = 0; y < count; y += BLOCK) {
      int last = Math.min(BLOCK, count - y);
      for (int i = 0; i < last; i++) {
        sum(target + y + i, block[i]);
      }
      transpose(y);
    }
  }

  private void sum(int target, float[] out) {
    int first = rows.first()[target];
    for (int y = first; y < first + rows.taps(); y++) {
      keep(y);
    }
    Arrays.fill(out, 0);
    add(out, ring, first, rows, target);
  }

  /** Adds the weighted arrays of a target; the first of them is {@code arrays[first % length]}. */
  private static void add(
      float[] out, float[][] arrays, int first, FilterWeights weights, int target) {
    float[] w = weights.weights();
    int taps = weights.taps();
    int at = target * taps;
    int length = arrays.length;
    int j = 0;
    for (; j + 4 <= taps; j += 4) {
      addFour(
          out,
          arrays[(first + j) % length],
          arrays[(first + j + 1) % length],
          arrays[(first + j + 2) % length],
          arrays[(first + j + 3) % length],
          w,
          at + j);
    }
    for (; j < taps; j++) {
      addOne(out, arrays[(first + j) % length], w[at + j]);
    }
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

  /** Copies the block's rows to the band, from row {@code y} on. */
  private void transpose(int y) {
    float[] a = block[0];
    float[] b = block[1];
    float[] c = block[2];
    float[] d = block[3];
    float[] e = block[4];
    float[] f = block[5];
    float[] g = block[6];
    float[] h = block[7];
    for (int x = 0; x < width; x++) {
      float[] column = band[x];
      column[y] = a[x];
      column[y + 1] = b[x];
      column[y + 2] = c[x];
      column[y + 3] = d[x];
      column[y + 4] = e[x];
      column[y + 5] = f[x];
      column[y + 6] = g[x];
      column[y + 7] = h[x];
    }
  }

  /** Writes sample (x, y) of the band's result to {@code to + x * stepX + y * stepY}. */
  private void horizontal(int count, int to, int stepX, int stepY) {
    for (int x = 0; x < columns.targets(); x++) {
      Arrays.fill(sums, 0.5f); // rounds
      add(sums, band, columns.first()[x] - left, columns, x);
      int at = to + x * stepX;
      for (int y = 0; y < count; y++, at += stepY) {
        result[at] = (byte) Math.min(255, Math.max(0, (int) sums[y]));
      }
    }
  }
}

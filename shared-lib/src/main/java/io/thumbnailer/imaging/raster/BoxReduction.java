package io.thumbnailer.imaging.raster;

/**
 * Averages blocks of samples before a plane is resampled to far fewer of them, for example an image
 * that is a million pixels long and one pixel wide. Lanczos weights grow with the scale, and from
 * this point on they would take more memory than the image. The remaining scale is large enough
 * that the averaging is not visible.
 */
final class BoxReduction {
  /** Up to this many source samples per target sample, nothing is averaged. */
  private static final double MOST = 128;

  /** Beyond that, this many are left to the resampler. */
  private static final double LEFT = 32;

  private BoxReduction() {}

  /** Returns the plane, or one with fewer samples for the same image. */
  static Plane reduce(Plane plane, double stepX, double stepY) {
    int x = factor(stepX);
    int y = factor(stepY);
    if (x == 1 && y == 1) {
      return plane;
    }
    int width = (plane.width() + x - 1) / x;
    int height = (plane.height() + y - 1) / y;
    byte[] out = new byte[width * height];
    long[] sums = new long[width];
    for (int row = 0; row < height; row++) {
      java.util.Arrays.fill(sums, 0);
      int first = row * y;
      int last = Math.min(plane.height(), first + y);
      for (int from = first; from < last; from++) {
        add(plane, from, x, sums);
      }
      for (int column = 0; column < width; column++) {
        long count = (long) (Math.min(plane.width(), (column + 1) * x) - column * x);
        count *= last - first;
        out[row * width + column] = (byte) ((sums[column] + count / 2) / count);
      }
    }
    return new Plane(out, width, height, plane.extentX() / x, plane.extentY() / y);
  }

  private static void add(Plane plane, int row, int x, long[] sums) {
    int at = row * plane.width();
    for (int column = 0; column < sums.length; column++) {
      int end = row * plane.width() + Math.min(plane.width(), (column + 1) * x);
      int sum = 0;
      for (; at < end; at++) {
        sum += plane.samples()[at] & 0xFF;
      }
      sums[column] += sum;
    }
  }

  /** The number of samples of a side after the reduction. */
  static long reduced(long side, double step) {
    int factor = factor(step);
    return (side + factor - 1) / factor;
  }

  /** The step that remains after the reduction. */
  static double rest(double step) {
    return step / factor(step);
  }

  private static int factor(double step) {
    return step > MOST ? (int) (step / LEFT) : 1;
  }
}

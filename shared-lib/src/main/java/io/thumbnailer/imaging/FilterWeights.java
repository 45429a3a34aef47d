package io.thumbnailer.imaging;

/**
 * The weights of source samples for every target sample of one axis: Lanczos-3, stretched by the
 * scale when shrinking, clamped at the edges and normalised. After C. Duchon, "Lanczos Filtering in
 * One and Two Dimensions" (1979), and P. Heckbert's "zoom" (Graphics Gems III) for the support.
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in the inner loop, never compared
record FilterWeights(int[] first, float[][] weights) {
  private static final double LOBES = 3;

  /**
   * For an axis.
   *
   * @param offset first source sample that is used
   * @param length source samples that are used
   * @param target samples to make
   */
  static FilterWeights of(int offset, int length, int target) {
    double scale = (double) length / target;
    double stretch = Math.max(1, scale);
    double support = LOBES * stretch;
    int[] first = new int[target];
    float[][] weights = new float[target][];
    for (int i = 0; i < target; i++) {
      double center = (i + 0.5) * scale;
      int from = Math.max(0, (int) Math.ceil(center - support - 0.5));
      int to = Math.min(length - 1, (int) Math.floor(center + support - 0.5));
      weights[i] = normalised(from, to, center, stretch);
      first[i] = offset + from;
    }
    return new FilterWeights(first, weights);
  }

  private static float[] normalised(int from, int to, double center, double stretch) {
    double[] raw = new double[to - from + 1];
    double sum = 0;
    for (int j = 0; j < raw.length; j++) {
      raw[j] = lanczos((from + j + 0.5 - center) / stretch);
      sum += raw[j];
    }
    float[] weights = new float[raw.length];
    for (int j = 0; j < raw.length; j++) {
      weights[j] = (float) (raw[j] / sum);
    }
    return weights;
  }

  private static double lanczos(double x) {
    if (x == 0) {
      return 1;
    }
    if (Math.abs(x) >= LOBES) {
      return 0;
    }
    double pix = Math.PI * x;
    return LOBES * Math.sin(pix) * Math.sin(pix / LOBES) / (pix * pix);
  }
}

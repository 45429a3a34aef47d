package io.thumbnailer.imaging;

/**
 * The weights of source samples for every target sample of one axis: Lanczos-3, stretched by the
 * scale when shrinking, cut off at the edges and normalised. After C. Duchon, "Lanczos Filtering in
 * One and Two Dimensions" (1979), and P. Heckbert's "zoom" (Graphics Gems III) for the support.
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in the inner loop, never compared
record FilterWeights(int[] first, float[][] weights) {
  private static final double LOBES = 3;

  /**
   * For an axis.
   *
   * @param offset where the first target sample begins, in source samples
   * @param step source samples per target sample, negative to mirror the axis
   * @param target samples to make
   * @param available source samples that there are; those outside the used part lend their weight
   *     to its edge, as they do in the whole picture
   */
  static FilterWeights of(double offset, double step, int target, int available) {
    double stretch = Math.max(1, Math.abs(step));
    double support = LOBES * stretch;
    int[] first = new int[target];
    float[][] weights = new float[target][];
    for (int i = 0; i < target; i++) {
      double center = Math.min(available, Math.max(0, offset + (i + 0.5) * step));
      int from = Math.max(0, (int) Math.ceil(center - support - 0.5));
      int to = Math.min(available - 1, (int) Math.floor(center + support - 0.5));
      weights[i] = normalised(from, to, center, stretch);
      first[i] = from;
    }
    return new FilterWeights(first, weights);
  }

  int targets() {
    return first.length;
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

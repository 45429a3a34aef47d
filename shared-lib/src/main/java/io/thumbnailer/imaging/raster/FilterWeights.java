package io.thumbnailer.imaging.raster;

/**
 * The weights of the source samples for every target sample of one axis: Lanczos-3, stretched by
 * the scale when shrinking, cut off at the edges and normalized. After C. Duchon, "Lanczos
 * Filtering in One and Two Dimensions" (1979), and P. Heckbert's "zoom" (Graphics Gems III) for the
 * support.
 *
 * <p>Every target has the same number of taps, some with weight 0, so that inner loops always run
 * equally often. A loop that alternates between 11 and 12 iterations costs a mispredicted branch
 * each time.
 *
 * @param first the first source sample of each target
 * @param weights of all targets, {@code taps} each
 * @param taps a multiple of 4 unless there are fewer source samples
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, read in the inner loop, never compared
record FilterWeights(int[] first, float[] weights, int taps) {
  private static final double LOBES = 3;

  /**
   * Computes the weights for one axis.
   *
   * @param offset position of the first target sample, in source samples
   * @param step source samples per target sample, negative to mirror the axis
   * @param target number of target samples
   * @param available number of source samples; the weights of those outside the source are added to
   *     its edge, as in the whole image
   */
  static FilterWeights of(double offset, double step, int target, int available) {
    double stretch = Math.max(1, Math.abs(step));
    double support = LOBES * stretch;
    int taps = (int) taps(stretch, available);
    int[] first = new int[target];
    float[] weights = new float[target * taps];
    double[] raw = new double[taps];
    for (int i = 0; i < target; i++) {
      double center = Math.min(available, Math.max(0, offset + (i + 0.5) * step));
      int from = Math.max(0, (int) Math.ceil(center - support - 0.5));
      int begin = Math.min(from, available - taps);
      double sum = 0;
      for (int j = 0; j < taps; j++) {
        raw[j] = lanczos((begin + j + 0.5 - center) / stretch);
        sum += raw[j];
      }
      for (int j = 0; j < taps; j++) {
        weights[i * taps + j] = (float) (raw[j] / sum);
      }
      first[i] = begin;
    }
    return new FilterWeights(first, weights, taps);
  }

  /** The number of available source samples that contribute to a target sample. */
  static long taps(double stretch, long available) {
    long most = (long) Math.floor(2 * LOBES * stretch) + 1;
    return Math.min(available, (most + 3) / 4 * 4);
  }

  int targets() {
    return first.length;
  }

  private static double lanczos(double x) {
    if (x == 0) {
      return 1;
    }
    if (Math.abs(x) >= LOBES) {
      return 0;
    }
    double pix = Math.PI * x;
    double sin = Math.sin(pix / LOBES);
    double sinOfTriple = sin * (3 - 4 * sin * sin); // sin(pix), because there are three lobes
    return LOBES * sinOfTriple * sin / (pix * pix);
  }
}

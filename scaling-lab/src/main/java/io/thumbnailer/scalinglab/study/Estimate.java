package io.thumbnailer.scalinglab.study;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean over runs and its confidence interval.
 *
 * @param mean of the values that are numbers; NaN if there is none
 * @param halfWidth of the 95 % confidence interval by Student's t; 0 for one value
 */
public record Estimate(double mean, double halfWidth) {
  private static final double CONFIDENCE = 0.95;

  /** Estimates from the runs' values; NaN is ignored. */
  public static Estimate of(double... values) {
    return ofSeveral(1, values);
  }

  /**
   * Estimates one of several values that are compared: the interval is wider, so that all of them
   * hold together (Bonferroni). NaN is ignored.
   *
   * @param comparisons the number of comparisons; below 1 counts as 1
   */
  static Estimate ofSeveral(int comparisons, double... values) {
    double sum = 0;
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    if (count == 0) {
      return new Estimate(Double.NaN, 0);
    }
    double mean = sum / count;
    if (count == 1) {
      return new Estimate(mean, 0);
    }
    double squares = 0;
    for (double value : values) {
      squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (count - 1));
    double tail = (1 - CONFIDENCE) / 2 / Math.max(1, comparisons);
    double t = new TDistribution(null, count - 1.0).inverseCumulativeProbability(1 - tail);
    return new Estimate(mean, t * deviation / Math.sqrt(count));
  }

  /** The lower end of the interval. */
  public double lower() {
    return mean - halfWidth;
  }

  /** The upper end of the interval. */
  public double upper() {
    return mean + halfWidth;
  }
}

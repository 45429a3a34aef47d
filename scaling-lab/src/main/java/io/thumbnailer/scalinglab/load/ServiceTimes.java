package io.thumbnailer.scalinglab.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The time that a warm worker needs for a job that has the CPU to itself: the inverse of the
 * distribution function, given at evenly spaced probabilities and linear in between.
 */
public final class ServiceTimes {
  private static final int STEPS = 1000;

  private final double[] quantiles;
  private final double mean;

  private ServiceTimes(double[] quantiles) {
    this.quantiles = quantiles;
    double sum = 0;
    for (int i = 1; i < quantiles.length; i++) {
      sum += (quantiles[i - 1] + quantiles[i]) / 2;
    }
    this.mean = sum / (quantiles.length - 1);
  }

  /**
   * The distribution of measured times.
   *
   * @param seconds at least two, each above 0, in any order
   */
  public static ServiceTimes measured(double... seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    if (sorted.length < 2 || !(sorted[0] > 0)) {
      throw new IllegalArgumentException("at least two positive service times are required");
    }
    return new ServiceTimes(sorted);
  }

  /**
   * A lognormal distribution, which times of work often resemble.
   *
   * @param mean seconds, above 0
   * @param variation standard deviation as a part of the mean, above 0
   */
  public static ServiceTimes lognormal(double mean, double variation) {
    if (!(mean > 0 && variation > 0)) {
      throw new IllegalArgumentException("mean and variation must be positive");
    }
    double sigma2 = Math.log1p(variation * variation);
    var normal = new org.apache.commons.math3.distribution.NormalDistribution(null, 0, 1);
    double[] quantiles = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      double probability = Math.min(Math.max(i / (double) STEPS, 0.5 / STEPS), 1 - 0.5 / STEPS);
      double z = normal.inverseCumulativeProbability(probability);
      quantiles[i] = Math.exp(Math.log(mean) - sigma2 / 2 + Math.sqrt(sigma2) * z);
    }
    ServiceTimes raw = new ServiceTimes(quantiles);
    return raw.scaled(mean / raw.mean());
  }

  /** Returns the same shape with each time multiplied. */
  public ServiceTimes scaled(double factor) {
    return new ServiceTimes(Arrays.stream(quantiles).map(q -> q * factor).toArray());
  }

  /** Seconds on average. */
  public double mean() {
    return mean;
  }

  /**
   * The time that the given share of the jobs does not exceed; {@code probability} is from 0 to 1.
   */
  public double quantile(double probability) {
    double place = probability * (quantiles.length - 1);
    int below = Math.min((int) place, quantiles.length - 2);
    return quantiles[below] + (quantiles[below + 1] - quantiles[below]) * (place - below);
  }

  /** Draws one time in seconds. */
  public double draw(RandomGenerator random) {
    return quantile(random.nextDouble());
  }
}

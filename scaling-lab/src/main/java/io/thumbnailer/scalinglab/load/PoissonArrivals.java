package io.thumbnailer.scalinglab.load;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Arrivals of a Poisson process whose rate changes, drawn by thinning: candidates at the highest
 * rate, each kept with the probability of its moment (Lewis and Shedler, "Simulation of
 * nonhomogeneous Poisson processes by thinning", Naval Research Logistics Quarterly 26, 1979).
 */
final class PoissonArrivals {
  private PoissonArrivals() {}

  /**
   * Draws arrivals.
   *
   * @param rate arrivals per second at a time; from 0 to {@code highest}
   */
  static double[] draw(
      double seconds, double highest, DoubleUnaryOperator rate, RandomGenerator random) {
    double[] times = new double[(int) Math.max(16, seconds * highest / 2)];
    int count = 0;
    double now = 0;
    while (true) {
      now += random.nextExponential() / highest;
      if (now >= seconds) {
        return Arrays.copyOf(times, count);
      }
      double here = rate.applyAsDouble(now);
      if (here >= highest || random.nextDouble() * highest < here) {
        if (count == times.length) {
          times = Arrays.copyOf(times, count * 2);
        }
        times[count++] = now;
      }
    }
  }
}

package io.thumbnailer.scalinglab.local;

import io.thumbnailer.scalinglab.simulation.WorkerModel.WarmUp;
import java.util.List;

/**
 * Fits {@code mean (1 + factor exp(-n / jobs))} to the times of a worker's first jobs: the factor
 * and the length that leave the smallest squares, the factor for each length in closed form.
 */
final class WarmUpFit {
  private static final double LONGEST = 400;

  private WarmUpFit() {}

  /** Of a cold worker's jobs in order, given the mean of warm ones. */
  static WarmUp of(List<Double> cold, double warmMean) {
    WarmUp best = WarmUp.NONE;
    double least = squares(cold, warmMean, best);
    for (double length = 1; length <= LONGEST; length *= 1.1) {
      double top = 0;
      double bottom = 0;
      for (int n = 0; n < cold.size(); n++) {
        double shape = Math.exp(-n / length);
        top += shape * (cold.get(n) / warmMean - 1);
        bottom += shape * shape;
      }
      WarmUp candidate = new WarmUp(Math.max(0, top / bottom), length);
      double squares = squares(cold, warmMean, candidate);
      if (squares < least) {
        least = squares;
        best = candidate;
      }
    }
    return best;
  }

  private static double squares(List<Double> cold, double warmMean, WarmUp fit) {
    double sum = 0;
    for (int n = 0; n < cold.size(); n++) {
      double error = cold.get(n) - warmMean * fit.slowdown(n);
      sum += error * error;
    }
    return sum;
  }
}

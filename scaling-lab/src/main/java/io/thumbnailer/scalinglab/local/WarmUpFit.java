package io.thumbnailer.scalinglab.local;

import io.thumbnailer.scalinglab.simulation.WorkerModel.WarmUp;
import java.util.List;

/**
 * Fits a {@link WarmUp} to the times of a worker's first jobs. Takes the length with the smallest
 * sum of squares; the factor for each length has a closed form. The remaining excess of the first
 * job is its own parameter.
 */
public final class WarmUpFit {
  private static final double LONGEST = 400;

  private WarmUpFit() {}

  /** Fits a cold worker's jobs in order, given the mean of warm ones. */
  public static WarmUp of(List<Double> cold, double warmMean) {
    WarmUp best = WarmUp.NONE;
    double least = squares(cold, warmMean, best);
    for (double length = 1; length <= LONGEST; length *= 1.1) {
      double top = 0;
      double bottom = 0;
      for (int n = 1; n < cold.size(); n++) {
        double shape = Math.exp(-n / length);
        top += shape * (cold.get(n) / warmMean - 1);
        bottom += shape * shape;
      }
      WarmUp candidate = new WarmUp(0, bottom > 0 ? Math.max(0, top / bottom) : 0, length);
      double squares = squares(cold, warmMean, candidate);
      if (squares < least) {
        least = squares;
        best = candidate;
      }
    }
    double first = Math.max(0, cold.get(0) / warmMean - best.slowdown(0));
    return new WarmUp(first, best.factor(), best.jobs());
  }

  /** Fits all but the first job. */
  private static double squares(List<Double> cold, double warmMean, WarmUp fit) {
    double sum = 0;
    for (int n = 1; n < cold.size(); n++) {
      double error = cold.get(n) - warmMean * fit.slowdown(n);
      sum += error * error;
    }
    return sum;
  }
}

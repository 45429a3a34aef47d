package io.thumbnailer.scalinglab.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Jobs that come in batches, as uploads of several files do: the batches arrive as another shape's
 * jobs, at a rate that is lower by the mean size; their sizes are geometric.
 *
 * @param rates the jobs' rate over time
 * @param meanSize jobs in a batch on average, above 1
 */
public record BatchShape(RateShape rates, int meanSize) implements LoadShape {
  /** Throws {@link IllegalArgumentException} if a batch has no more than one job. */
  public BatchShape {
    if (meanSize < 2) {
      throw new IllegalArgumentException("a batch must have at least two jobs on average");
    }
  }

  @Override
  public String name() {
    return "batches";
  }

  @Override
  public String description() {
    return rates.description() + ", in batches of " + meanSize + " on average";
  }

  @Override
  public double[] arrivals(double seconds, RandomGenerator random) {
    double[] batches =
        PoissonArrivals.draw(
            seconds,
            rates.highestRate() / meanSize,
            t -> rates.rate().applyAsDouble(t) / meanSize,
            random);
    double[] jobs = new double[Math.max(16, 2 * batches.length * meanSize)];
    int count = 0;
    for (double batch : batches) {
      int size = 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1.0 / meanSize));
      if (count + size > jobs.length) {
        jobs = Arrays.copyOf(jobs, 2 * (count + size));
      }
      Arrays.fill(jobs, count, count + size, batch);
      count += size;
    }
    return Arrays.copyOf(jobs, count);
  }
}

package io.thumbnailer.scalinglab.elasticity;

import io.thumbnailer.scalinglab.load.Workload;

/**
 * The number of workers needed at each moment: the fewest that meet the objective for the jobs that
 * arrive around that moment, at the measured service rate. It is independent of any autoscaler.
 *
 * <p>In each window the workers are taken as a queue with {@code n} servers, Poisson arrivals and
 * exponential service (M/M/n). A job waits longer than {@code t} with the probability {@code C(n,
 * a) exp(-(n mu - lambda) t)}, where {@code C} is Erlang's formula for delay (A. K. Erlang, 1917)
 * and {@code a = lambda / mu}.
 *
 * @param windowSeconds the length of a window, above 0
 * @param objective the objective to be met
 * @param slots jobs that a worker processes at the same time without slowing them down, above 0;
 *     may be a fraction if it slows them down
 */
public record Demand(double windowSeconds, Objective objective, double slots) {

  /** The number of workers over time; zero where nothing arrives. */
  public StepFunction of(Workload workload) {
    int windows = (int) Math.ceil(workload.seconds() / windowSeconds);
    int[] arrivals = new int[Math.max(1, windows)];
    for (int job = 0; job < workload.size(); job++) {
      arrivals[(int) (workload.arrival(job) / windowSeconds)]++;
    }
    StepFunction demand = new StepFunction(workers(arrivals[0], workload.meanWork()));
    for (int window = 1; window < windows; window++) {
      demand.set(window * windowSeconds, workers(arrivals[window], workload.meanWork()));
    }
    return demand;
  }

  private int workers(int arrivals, double meanWork) {
    return arrivals == 0 ? 0 : workers(arrivals / windowSeconds, meanWork);
  }

  /**
   * The fewest workers for a steady rate.
   *
   * @param rate jobs per second, above 0
   * @param meanWork seconds of work of a job, above 0
   */
  public int workers(double rate, double meanWork) {
    double load = rate * meanWork;
    int servers = Math.max(1, (int) Math.floor(load) + 1);
    while (waitsTooLong(servers, load, meanWork) > 1 - objective.share()) {
      servers++;
    }
    return (int) Math.ceil(servers / slots - 1e-9);
  }

  private double waitsTooLong(int servers, double load, double meanWork) {
    return erlangC(servers, load)
        * Math.exp(-(servers - load) / meanWork * objective.waitSeconds());
  }

  /**
   * The probability that a job must wait, by Erlang's formula for delay.
   *
   * @param load offered, in servers; below {@code servers}
   */
  static double erlangC(int servers, double load) {
    double blocking = 1;
    for (int n = 1; n <= servers; n++) {
      blocking = load * blocking / (n + load * blocking);
    }
    return servers * blocking / (servers - load * (1 - blocking));
  }
}

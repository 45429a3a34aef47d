package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.load.Workload;
import io.thumbnailer.scalinglab.simulation.SimulationResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state of one run, every few seconds.
 *
 * @param policy its name
 * @param shape of the load
 * @param seed of the jobs
 * @param points in the order of time
 */
public record Timeline(String policy, String shape, long seed, List<Point> points) {
  /**
   * One moment.
   *
   * @param seconds since the start
   * @param demand workers needed
   * @param wanted replicas asked for
   * @param supply workers that take jobs
   * @param backlog jobs waiting or in work
   * @param cpu mean cores of the workers
   * @param p95Wait of the jobs that arrived since the previous moment; NaN for none
   * @param podHours paid for so far
   */
  public record Point(
      double seconds,
      double demand,
      double wanted,
      double supply,
      int backlog,
      double cpu,
      double p95Wait,
      double podHours) {}

  public Timeline {
    points = List.copyOf(points);
  }

  /** Creates a timeline from a result that contains one. */
  public static Timeline of(String policy, Workload workload, SimulationResult result) {
    List<Point> points = new ArrayList<>();
    int job = 0;
    for (SimulationResult.Sample sample : result.samples()) {
      int first = job;
      while (job < workload.size() && workload.arrival(job) < sample.seconds()) {
        job++;
      }
      double now = sample.seconds();
      points.add(
          new Point(
              now,
              result.demand().at(now),
              result.wanted().at(now),
              result.supply().at(now),
              sample.backlog(),
              sample.cpu(),
              p95(result, first, job),
              result.paid().integral(now) / 3600));
    }
    return new Timeline(policy, workload.shape(), workload.seed(), points);
  }

  private static double p95(SimulationResult result, int from, int to) {
    if (from == to) {
      return Double.NaN;
    }
    double[] waits = new double[to - from];
    for (int job = from; job < to; job++) {
      waits[job - from] = result.waitOf().seconds(job);
    }
    Arrays.sort(waits);
    return waits[(int) Math.ceil(0.95 * waits.length) - 1];
  }
}

package io.thumbnailer.scalinglab.local;

import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.report.Calibration;
import java.util.List;

/**
 * A run over real workers.
 *
 * @param seconds in which jobs were uploaded
 * @param endSeconds when the last one ended, at least {@code seconds}
 * @param jobs in the order of the queue
 * @param lost accepted jobs that did not end
 * @param podSeconds from the workers' starts to their ends, up to {@code endSeconds}
 * @param wanted replicas asked for
 * @param supply workers that were ready
 * @param curve the run every few seconds
 */
public record RealRun(
    double seconds,
    double endSeconds,
    List<JobTimes> jobs,
    int lost,
    double podSeconds,
    StepFunction wanted,
    StepFunction supply,
    List<Calibration.Moment> curve) {

  public RealRun {
    jobs = List.copyOf(jobs);
    curve = List.copyOf(curve);
  }

  /** The figures that are compared. */
  public Calibration.Figures figures() {
    double[] waits = jobs.stream().mapToDouble(JobTimes::waited).sorted().toArray();
    return new Calibration.Figures(
        jobs.size() + lost,
        lost,
        percentile(waits, 0.5),
        percentile(waits, 0.95),
        percentile(waits, 0.99),
        podSeconds,
        (int) supply.highest(0, endSeconds));
  }

  private static double percentile(double[] sorted, double part) {
    return sorted.length == 0
        ? Double.NaN
        : Math.max(0, sorted[(int) Math.max(0, Math.ceil(part * sorted.length) - 1)]);
  }
}

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
    return new Calibration.Figures(
        jobs.size() + lost,
        lost,
        JobTimes.waitSeconds(jobs, 50),
        JobTimes.waitSeconds(jobs, 95),
        JobTimes.waitSeconds(jobs, 99),
        podSeconds,
        (int) supply.highest(0, endSeconds));
  }
}

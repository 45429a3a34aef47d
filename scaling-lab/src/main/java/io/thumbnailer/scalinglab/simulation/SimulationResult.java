package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.elasticity.ElasticityMetrics;
import io.thumbnailer.scalinglab.elasticity.StepFunction;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The result of one run.
 *
 * @param seconds in which jobs arrived; the elasticity is computed for that time
 * @param endSeconds when the last job was done, at least {@code seconds}; the cost is computed up
 *     to then
 * @param jobs that arrived
 * @param unfinished jobs that were not done when the run was given up
 * @param late jobs that waited longer than the objective, the unfinished ones with them
 * @param interrupted times that a job was handed back because its worker was stopped
 * @param waits from the upload to the start of the work, milliseconds
 * @param responses from the upload to the thumbnails, milliseconds
 * @param podSeconds paid for
 * @param elasticity supply against demand
 * @param demand workers needed
 * @param wanted replicas that the scaler asked for
 * @param supply workers that took jobs
 * @param paid workers that were paid for: those that start and end as well
 * @param catchUpSeconds from the first moment of the highest demand to the first moment that the
 *     supply reached it; NaN when it never did
 * @param samples the state of the run every few seconds; empty unless requested
 * @param waitOf each job's wait; empty unless requested
 */
public record SimulationResult(
    double seconds,
    double endSeconds,
    int jobs,
    int unfinished,
    int late,
    int interrupted,
    Histogram waits,
    Histogram responses,
    double podSeconds,
    ElasticityMetrics elasticity,
    StepFunction demand,
    StepFunction wanted,
    StepFunction supply,
    StepFunction paid,
    double catchUpSeconds,
    List<Sample> samples,
    JobWaits waitOf) {

  /**
   * The state of the run at a moment.
   *
   * @param seconds since the start
   * @param backlog jobs waiting or in work
   * @param cpu mean cores of the pods
   */
  public record Sample(double seconds, int backlog, double cpu) {}

  public SimulationResult {
    samples = List.copyOf(samples);
  }

  /** The wait in seconds that {@code percent} of the jobs did not exceed. */
  public double waitSeconds(double percent) {
    return waits.getValueAtPercentile(percent) / 1000.0;
  }

  /** Share of the jobs that waited longer than the objective, 0 to 1. */
  public double lateShare() {
    return jobs == 0 ? 0 : late / (double) jobs;
  }
}

package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.ElasticityMetrics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A policy on one shape, or on all of them, over the seeds. The fields are those of {@link
 * Outcome}.
 *
 * @param shape {@link #ALL} for the mean over all shapes
 */
public record SummaryRow(
    String policy,
    String shape,
    Policy.Kind kind,
    Estimate latePercent,
    Estimate p50Wait,
    Estimate p95Wait,
    Estimate p99Wait,
    Estimate podHours,
    Estimate cost,
    Estimate thetaUnder,
    Estimate thetaOver,
    Estimate tauUnder,
    Estimate tauOver,
    Estimate instability,
    Estimate underWorkers,
    Estimate overWorkers,
    Estimate jitter,
    Estimate catchUpSeconds,
    Estimate interrupted,
    Estimate unfinished) {

  /** The elastic speedup against a run without an autoscaler. */
  public double speedup(SummaryRow without) {
    return ElasticityMetrics.speedup(without.provisioning(), provisioning());
  }

  private double[] provisioning() {
    return new double[] {thetaUnder.mean(), thetaOver.mean(), tauUnder.mean(), tauOver.mean()};
  }

  /** The name of the mean over all shapes. */
  public static final String ALL = "all";

  /**
   * Summarizes rows that belong to one seed each.
   *
   * @param bySeed for each seed its outcomes, one for each shape that counts
   */
  static SummaryRow of(String policy, String shape, Policy.Kind kind, List<List<Outcome>> bySeed) {
    return new SummaryRow(
        policy,
        shape,
        kind,
        estimate(bySeed, Outcome::latePercent),
        estimate(bySeed, Outcome::p50Wait),
        estimate(bySeed, Outcome::p95Wait),
        estimate(bySeed, Outcome::p99Wait),
        estimate(bySeed, Outcome::podHours),
        estimate(bySeed, Outcome::cost),
        estimate(bySeed, Outcome::thetaUnder),
        estimate(bySeed, Outcome::thetaOver),
        estimate(bySeed, Outcome::tauUnder),
        estimate(bySeed, Outcome::tauOver),
        estimate(bySeed, Outcome::instability),
        estimate(bySeed, Outcome::underWorkers),
        estimate(bySeed, Outcome::overWorkers),
        estimate(bySeed, Outcome::jitter),
        estimate(bySeed, Outcome::catchUpSeconds),
        estimate(bySeed, Outcome::interrupted),
        estimate(bySeed, Outcome::unfinished));
  }

  private static Estimate estimate(List<List<Outcome>> bySeed, ToDoubleFunction<Outcome> field) {
    return Estimate.of(
        bySeed.stream()
            .mapToDouble(
                outcomes ->
                    outcomes.stream()
                        .mapToDouble(field)
                        .filter(value -> !Double.isNaN(value))
                        .average()
                        .orElse(Double.NaN))
            .toArray());
  }
}

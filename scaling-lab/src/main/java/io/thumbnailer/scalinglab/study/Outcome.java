package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.simulation.SimulationResult;

/**
 * The figures of one run, one row of {@code runs.csv}.
 *
 * @param policy its name
 * @param shape of the load
 * @param seed of the jobs
 * @param jobs that arrived
 * @param latePercent jobs that waited longer than the objective
 * @param p50Wait seconds
 * @param p95Wait seconds
 * @param p99Wait seconds
 * @param podHours paid for
 * @param cost of them
 * @param thetaUnder accuracy of under-provisioning, per cent
 * @param thetaOver accuracy of over-provisioning, per cent
 * @param tauUnder share of the time with too few, per cent
 * @param tauOver share of the time with too many, per cent
 * @param instability per cent
 * @param underWorkers missing on average
 * @param overWorkers too many on average
 * @param jitter workers added and removed an hour, more than the demand's
 * @param catchUpSeconds from the highest demand to a supply that meets it; NaN if never
 * @param interrupted jobs handed back by stopped workers
 * @param unfinished jobs not done at the end
 */
public record Outcome(
    String policy,
    String shape,
    long seed,
    int jobs,
    double latePercent,
    double p50Wait,
    double p95Wait,
    double p99Wait,
    double podHours,
    double cost,
    double thetaUnder,
    double thetaOver,
    double tauUnder,
    double tauOver,
    double instability,
    double underWorkers,
    double overWorkers,
    double jitter,
    double catchUpSeconds,
    int interrupted,
    int unfinished) {

  static Outcome of(
      String policy, String shape, long seed, SimulationResult result, double podHourPrice) {
    double podHours = result.podSeconds() / 3600;
    return new Outcome(
        policy,
        shape,
        seed,
        result.jobs(),
        100 * result.lateShare(),
        result.waitSeconds(50),
        result.waitSeconds(95),
        result.waitSeconds(99),
        podHours,
        podHours * podHourPrice,
        result.elasticity().underAccuracy(),
        result.elasticity().overAccuracy(),
        result.elasticity().underTimeShare(),
        result.elasticity().overTimeShare(),
        result.elasticity().instability(),
        result.elasticity().underWorkers(),
        result.elasticity().overWorkers(),
        result.elasticity().jitter(),
        result.catchUpSeconds(),
        result.interrupted(),
        result.unfinished());
  }
}

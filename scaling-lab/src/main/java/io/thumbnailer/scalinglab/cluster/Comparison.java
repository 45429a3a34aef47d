package io.thumbnailer.scalinglab.cluster;

import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.record.ClusterRow;
import io.thumbnailer.scalinglab.simulation.SimulationResult;
import java.util.List;

/**
 * A real run beside simulations of the same arrivals.
 *
 * @param policy that scaled
 * @param shape of the load
 * @param seed of the arrivals
 * @param jobs that were done
 * @param realWait p95 of the wait, seconds
 * @param simulatedWait mean of the simulations, seconds
 * @param realPodSeconds from the pods' creation until they are gone
 * @param simulatedPodSeconds mean of the simulations
 * @param traceError mean difference between the real and the mean simulated number of replicas that
 *     the autoscaler asked for, per cent of the real mean
 */
public record Comparison(
    String policy,
    String shape,
    long seed,
    int jobs,
    double realWait,
    double simulatedWait,
    double realPodSeconds,
    double simulatedPodSeconds,
    double traceError) {

  /** Compares a run of the given length with its simulations. */
  public static Comparison of(
      String policy,
      String shape,
      long seed,
      double seconds,
      ClusterRun real,
      List<SimulationResult> simulated) {
    double end = Math.max(seconds, real.lastEnd());
    List<StepFunction> wanted = simulated.stream().map(SimulationResult::wanted).toList();
    double difference = 0;
    double sum = 0;
    for (ClusterRow row : real.rows()) {
      if (row.seconds() < end) {
        double mean = wanted.stream().mapToDouble(w -> w.at(row.seconds())).average().orElseThrow();
        difference += Math.abs(mean - row.desiredReplicas());
        sum += row.desiredReplicas();
      }
    }
    return new Comparison(
        policy,
        shape,
        seed,
        real.jobs().size(),
        real.waitSeconds(95),
        simulated.stream().mapToDouble(run -> run.waitSeconds(95)).average().orElseThrow(),
        real.podSeconds(end),
        simulated.stream().mapToDouble(SimulationResult::podSeconds).average().orElseThrow(),
        100 * difference / sum);
  }

  /** How far the simulated p95 of the wait is from the real one, per cent of the real one. */
  public double waitError() {
    return 100 * (simulatedWait - realWait) / realWait;
  }

  /** How far the simulated pod-seconds are from the real ones, per cent of the real ones. */
  public double podSecondsError() {
    return 100 * (simulatedPodSeconds - realPodSeconds) / realPodSeconds;
  }
}

package io.thumbnailer.scalinglab.report;

import java.util.List;

/**
 * A run with real workers beside its simulation, as it is stored ({@code calibration-*.json}).
 *
 * @param shape of the load
 * @param description of the load
 * @param policy that scaled, in words
 * @param workers how the CPU of the real workers was limited, in words
 * @param machine it ran on
 * @param seconds in which jobs arrived
 * @param warmJobs that the first worker had done before
 * @param arrivals seconds from the start to each job, ascending
 * @param real the measured figures
 * @param simulated the figures of the simulation for the same arrivals
 * @param realCurve the real run
 * @param simulatedCurve its simulation
 */
public record Calibration(
    String shape,
    String description,
    String policy,
    String workers,
    String machine,
    double seconds,
    int warmJobs,
    List<Double> arrivals,
    Figures real,
    Figures simulated,
    List<Moment> realCurve,
    List<Moment> simulatedCurve) {

  public Calibration {
    arrivals = List.copyOf(arrivals);
    realCurve = List.copyOf(realCurve);
    simulatedCurve = List.copyOf(simulatedCurve);
  }

  /**
   * The figures that are compared.
   *
   * @param jobs accepted
   * @param lost accepted and neither done nor failed at the end
   * @param p50Wait seconds
   * @param p95Wait seconds
   * @param p99Wait seconds
   * @param podSeconds from the start of the processes to their end
   * @param mostWorkers at a time
   */
  public record Figures(
      int jobs,
      int lost,
      double p50Wait,
      double p95Wait,
      double p99Wait,
      double podSeconds,
      int mostWorkers) {}

  /** A moment of a run. */
  public record Moment(double seconds, double wanted, double supply, double backlog) {}

  /** The same real run beside another simulation. */
  public Calibration with(Figures figures, List<Moment> curve) {
    return new Calibration(
        shape,
        description,
        policy,
        workers,
        machine,
        seconds,
        warmJobs,
        arrivals,
        real,
        figures,
        realCurve,
        curve);
  }

  /** How far the simulated p95 wait is from the real one, per cent of the real one. */
  public double waitError() {
    return error(simulated.p95Wait, real.p95Wait);
  }

  /** How far the simulated pod-seconds are from the real ones, per cent of the real ones. */
  public double podSecondsError() {
    return error(simulated.podSeconds, real.podSeconds);
  }

  private static double error(double simulated, double real) {
    return 100 * (simulated - real) / real;
  }
}

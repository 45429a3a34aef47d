package io.thumbnailer.scalinglab.local;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.load.Workload;
import io.thumbnailer.scalinglab.report.Calibration;
import io.thumbnailer.scalinglab.scaler.HpaScaler;
import io.thumbnailer.scalinglab.simulation.ControlPlane;
import io.thumbnailer.scalinglab.simulation.MetricPipeline;
import io.thumbnailer.scalinglab.simulation.NodeModel;
import io.thumbnailer.scalinglab.simulation.Outages;
import io.thumbnailer.scalinglab.simulation.Simulation;
import io.thumbnailer.scalinglab.simulation.SimulationResult;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import io.thumbnailer.scalinglab.simulation.WorkerModel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The simulation of the arrivals of a local run. */
public final class SimulatedRun {
  private static final double GRACE_SECONDS = 20;
  private static final int SIMULATIONS = 50;

  private final double[] arrivals;
  private final double seconds;
  private final int warmJobs;
  private final HpaSpec spec;
  private final WorkerCalibration worker;

  /**
   * Creates the simulation of a run.
   *
   * @param arrivals seconds from the start, ascending
   * @param seconds in which they arrived
   * @param warmJobs that the first worker has done before
   * @param worker as it was measured
   */
  public SimulatedRun(
      List<Double> arrivals, double seconds, int warmJobs, HpaSpec spec, WorkerCalibration worker) {
    this.arrivals = arrivals.stream().mapToDouble(Double::doubleValue).toArray();
    this.seconds = seconds;
    this.warmJobs = warmJobs;
    this.spec = spec;
    this.worker = worker;
  }

  /**
   * Returns the means of simulations that differ in the random parts of the model: service and boot
   * times.
   */
  public Calibration.Figures figures() {
    List<SimulationResult> runs =
        IntStream.range(0, SIMULATIONS).mapToObj(seed -> simulate(seed, false)).toList();
    SimulationResult first = runs.get(0);
    return new Calibration.Figures(
        arrivals.length,
        first.unfinished(),
        mean(runs, run -> run.waitSeconds(50)),
        mean(runs, run -> run.waitSeconds(95)),
        mean(runs, run -> run.waitSeconds(99)),
        mean(runs, SimulationResult::podSeconds),
        (int) first.supply().highest(0, first.endSeconds()));
  }

  private static double mean(
      List<SimulationResult> runs, ToDoubleFunction<SimulationResult> figure) {
    return runs.stream().mapToDouble(figure).average().orElseThrow();
  }

  /** Returns the state of one of them, every few seconds. */
  public List<Calibration.Moment> curve() {
    SimulationResult run = simulate(0, true);
    return run.samples().stream()
        .map(
            sample ->
                new Calibration.Moment(
                    sample.seconds(),
                    run.wanted().at(sample.seconds()),
                    run.supply().at(sample.seconds()),
                    sample.backlog()))
        .toList();
  }

  private SimulationResult simulate(long seed, boolean timeline) {
    SplittableRandom random = new SplittableRandom(seed);
    SimulationSettings settings =
        new SimulationSettings(
            worker.applyTo(heldWorker()),
            NodeModel.AMPLE,
            new MetricPipeline(LocalLab.SCRAPE_SECONDS, 0, LocalLab.SCRAPE_SECONDS, 10),
            ControlPlane.IMMEDIATE,
            Outages.NONE,
            Objective.DEFAULT,
            1,
            warmJobs,
            3600,
            timeline,
            2);
    return new Simulation(
            Workload.of("real", seconds, arrivals, worker.service(), random),
            new HpaScaler(spec, ControllerSettings.DEFAULTS, LocalLab.SYNC_PHASE_SECONDS),
            settings,
            seed)
        .run();
  }

  /** One job at a time; the share of a core is already part of the measured times. */
  private WorkerModel heldWorker() {
    double cores = worker.cores();
    return new WorkerModel(
        1,
        new WorkerModel.Cpu(1000, cores, cores, 0),
        new WorkerModel.Start(0, 0, 0, cores, 0, 0),
        WorkerModel.WarmUp.NONE,
        new WorkerModel.End(GRACE_SECONDS, 0));
  }
}

package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.Workload;
import io.thumbnailer.scalinglab.manifest.ShippedManifests;
import io.thumbnailer.scalinglab.report.LabFiles;
import io.thumbnailer.scalinglab.scaler.FixedScaler;
import io.thumbnailer.scalinglab.scaler.HpaScaler;
import io.thumbnailer.scalinglab.scaler.KedaScaler;
import io.thumbnailer.scalinglab.scaler.OracleScaler;
import io.thumbnailer.scalinglab.scaler.Scaler;
import io.thumbnailer.scalinglab.simulation.Simulation;
import io.thumbnailer.scalinglab.simulation.SimulationResult;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import io.thumbnailer.scalinglab.study.Timeline;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Simulates one run and prints its figures and, optionally, its timeline as CSV. */
@Command(
    name = "simulate",
    description = "Simulates one run under one of the shipped autoscalers.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  /** The scalers of a single run. */
  enum PolicyName {
    CPU,
    QUEUE,
    KEDA,
    STATIC,
    ORACLE
  }

  @Spec CommandSpec spec;
  @Mixin ModelOptions model;
  @Mixin LoadOptions load;

  @Option(
      names = "--policy",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "QUEUE")
  PolicyName policy;

  @Option(
      names = "--replicas",
      description =
          "Workers at the start, and throughout the run for STATIC (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  int replicas;

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      description = "Writes the run as CSV, one row every 20 s.")
  Path timeline;

  @Override
  public Integer call() throws Exception {
    ShippedManifests shipped = model.shipped();
    LoadShape shape = load.loadShape();
    SimulationSettings settings =
        model
            .settings(shipped.worker())
            .withInitialReplicas(replicas)
            .withTimeline(timeline != null);
    Workload workload = Workload.draw(shape, load.seconds, model.service(), load.seed);
    long began = System.nanoTime();
    SimulationResult result =
        new Simulation(workload, scaler(shipped, workload, settings), settings, load.seed).run();
    double seconds = (System.nanoTime() - began) / 1e9;
    print(shape, result, seconds);
    if (timeline != null) {
      Path directory = timeline.toAbsolutePath().getParent();
      new LabFiles(directory)
          .writeCsv(
              String.valueOf(timeline.getFileName()),
              Timeline.Point.class,
              Timeline.of(policy.name(), workload, result).points());
    }
    return 0;
  }

  private Scaler scaler(ShippedManifests shipped, Workload workload, SimulationSettings settings) {
    ControllerSettings controller = model.controller();
    StepFunction demand = Simulation.demand(workload, settings);
    return switch (policy) {
      case CPU -> new HpaScaler(shipped.cpu(), controller, 5);
      case QUEUE -> new HpaScaler(shipped.queue(), controller, 5);
      case KEDA -> new KedaScaler(shipped.keda(), controller, 5, 7);
      case STATIC -> new FixedScaler(replicas);
      case ORACLE ->
          new OracleScaler(
              demand,
              settings.worker().start().leadSeconds(),
              shipped.queue().minReplicas(),
              shipped.queue().maxReplicas());
    };
  }

  private void print(LoadShape shape, SimulationResult result, double seconds) {
    double podHours = result.podSeconds() / 3600;
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                """
                load          %s
                jobs          %d, late %.2f %%, unfinished %d, handed back %d
                wait s        p50 %.2f, p95 %.2f, p99 %.2f
                workers       at most %.0f, %.2f pod-hours, catch up %.0f s
                elasticity    theta_U %.1f %%, theta_O %.1f %%, tau_U %.1f %%, tau_O %.1f %%, upsilon %.1f %%
                speed         %.0f pod-hours and %.1f million jobs per second\
                """,
                shape.description(),
                result.jobs(),
                100 * result.lateShare(),
                result.unfinished(),
                result.interrupted(),
                result.waitSeconds(50),
                result.waitSeconds(95),
                result.waitSeconds(99),
                result.paid().highest(0, result.endSeconds()),
                podHours,
                result.catchUpSeconds(),
                result.elasticity().underAccuracy(),
                result.elasticity().overAccuracy(),
                result.elasticity().underTimeShare(),
                result.elasticity().overTimeShare(),
                result.elasticity().instability(),
                podHours / seconds,
                result.jobs() / seconds / 1e6));
  }
}

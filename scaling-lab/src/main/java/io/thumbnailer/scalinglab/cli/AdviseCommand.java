package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.RangeQuery;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.load.TraceShape;
import io.thumbnailer.scalinglab.manifest.ShippedManifests;
import io.thumbnailer.scalinglab.report.Advice;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import io.thumbnailer.scalinglab.study.Factor;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.PolicyPlugin;
import io.thumbnailer.scalinglab.study.Recommendation;
import io.thumbnailer.scalinglab.study.Sensitivity;
import io.thumbnailer.scalinglab.study.StandardPolicies;
import io.thumbnailer.scalinglab.study.Study;
import io.thumbnailer.scalinglab.study.StudyPlan;
import io.thumbnailer.scalinglab.study.SummaryRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Predicts how a user's autoscaler behaves under a user's load, and which settings would be better.
 */
@Command(
    name = "advise",
    description =
        "Simulates an autoscaler on a recorded load, and suggests better settings if there are"
            + " any.",
    mixinStandardHelpOptions = true)
final class AdviseCommand implements Callable<Integer> {
  private static final String YOURS = "yours";

  @Spec CommandSpec spec;
  @Mixin ModelOptions model;

  @ArgGroup(multiplicity = "1")
  OwnAutoscaler autoscaler;

  @Option(
      names = "--metric",
      paramLabel = "NAME=METRIC",
      split = ",",
      description =
          "Maps your metric NAME to a metric of the lab, for example"
              + " rabbitmq_queue_messages=thumbnailer_queue_backlog.")
  Map<String, String> metrics = Map.of();

  @ArgGroup(multiplicity = "1")
  Load load;

  @Option(
      names = "--seeds",
      description = "Runs of each policy (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  int seeds;

  /** The load. */
  static final class Load {
    @Option(
        names = "--trace",
        paramLabel = "FILE",
        description = "CSV with the header \"arrival_seconds\" or \"seconds,rate\".")
    Path trace;

    @Option(
        names = "--range-query",
        paramLabel = "FILE",
        description = "The saved response of Prometheus to a range query of the arrival rate.")
    Path rangeQuery;

    TraceShape read() throws IOException {
      return trace == null ? RangeQuery.read(rangeQuery) : TraceShape.read(trace);
    }
  }

  @Override
  public Integer call() throws Exception {
    OwnAutoscaler.Manifest own = autoscaler.read(metrics);
    TraceShape trace = load.read();
    ShippedManifests shipped = model.shipped();
    ServiceTimes service = model.service();
    SimulationSettings settings = model.settings(shipped.worker());
    PolicyPlugin.Worker worker = PolicyPlugin.Worker.of(settings.worker(), service, own.hpa());
    StudyPlan plan =
        new StudyPlan(
            List.<LoadShape>of(trace),
            Math.max(1, trace.lastSeconds() + 1),
            service,
            settings,
            seeds,
            1,
            0,
            worker.maxReplicas());
    int threads = Runtime.getRuntime().availableProcessors();
    StandardPolicies standard =
        new StandardPolicies(shipped, model.controller(), worker, settings.objective());
    Policy yours = own.policy(YOURS, standard);
    List<Policy> policies = new ArrayList<>(List.of(yours));
    standard.all(Map.of()).stream()
        .filter(policy -> policy.kind().isCandidate())
        .forEach(policies::add);
    Study.Runs runs =
        new Study(plan, threads)
            .run(policies, new ConsoleProgress(System.err, Help.Ansi.AUTO.enabled()));
    List<SummaryRow> summary = Study.summarize(policies, runs.outcomes());
    Recommendation recommendation =
        Recommendation.of(policies, Study.passes(summary, settings.objective()), runs.outcomes());
    Set<String> compared = Set.of(YOURS, recommendation.simplest());
    List<Sensitivity.Row> sensitivity =
        new Sensitivity(plan.withSeeds(Math.min(seeds, 3)), threads)
            .run(
                policies.stream().filter(p -> compared.contains(p.name())).toList(),
                Factor.standard(plan));
    spec.commandLine()
        .getOut()
        .println(
            new Advice(policies, summary, recommendation, sensitivity, settings.objective())
                .text(trace.description(), model.serviceSource(), YOURS));
    return 0;
  }
}

package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.manifest.ShippedManifests;
import io.thumbnailer.scalinglab.report.HtmlReport;
import io.thumbnailer.scalinglab.report.LabFiles;
import io.thumbnailer.scalinglab.report.StudyRecord;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import io.thumbnailer.scalinglab.study.Factor;
import io.thumbnailer.scalinglab.study.Outcome;
import io.thumbnailer.scalinglab.study.Plugins;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.PolicyPlugin;
import io.thumbnailer.scalinglab.study.Recommendation;
import io.thumbnailer.scalinglab.study.Rounds;
import io.thumbnailer.scalinglab.study.Sensitivity;
import io.thumbnailer.scalinglab.study.StandardPolicies;
import io.thumbnailer.scalinglab.study.StandardShapes;
import io.thumbnailer.scalinglab.study.Study;
import io.thumbnailer.scalinglab.study.StudyPlan;
import io.thumbnailer.scalinglab.study.SummaryRow;
import io.thumbnailer.scalinglab.study.Timeline;
import io.thumbnailer.scalinglab.study.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Compares policies on several shapes of load with several seeds, and writes data files and the
 * report.
 */
@Command(
    name = "study",
    description = "Compares scaling policies, recommends one, and writes the report.",
    mixinStandardHelpOptions = true,
    showDefaultValues = false)
final class StudyCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin ModelOptions model;

  @Option(
      names = "--seeds",
      description = "Runs of each policy on each shape (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  int seeds;

  @Option(
      names = "--final-seeds",
      description =
          "Maximum number of further runs of each policy that is still open, on each shape"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "60")
  int finalSeeds;

  @Option(
      names = "--deciding-seeds",
      description =
          "Maximum number of runs of a policy on a load on which the recommendation depends"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "1920")
  int decidingSeeds;

  @Option(
      names = "--first-seed",
      description = "The seeds are this one and the following (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  long firstSeed;

  @Option(
      names = "--pod-hour-price",
      description =
          "Cost of one worker for an hour; half of a vCPU at 0.0425 $ (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.02125")
  double podHourPrice;

  @Option(
      names = "--threads",
      description = "Concurrent simulations (default: one per processor).",
      defaultValue = "0")
  int threads;

  @Option(
      names = "--sensitivity-seeds",
      description =
          "Runs of each policy on each shape for each changed assumption, 0 for none"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  int sensitivitySeeds;

  @Option(
      names = "--plugins",
      paramLabel = "JAR",
      split = ",",
      description = "Jars with further policies (default: none).")
  List<Path> plugins = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      description =
          "Directory for study.json, runs.csv, report.html and overview.svg (default: ${DEFAULT-VALUE}).",
      defaultValue = "scaling-lab/target/study")
  Path out;

  @Override
  public Integer call() throws Exception {
    int parallel = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    ShippedManifests shipped = model.shipped();
    ServiceTimes service = model.service();
    SimulationSettings settings = model.settings(shipped.worker());
    List<LoadShape> shapes = StandardShapes.of(settings.worker().fullSpeedSlots() / service.mean());
    StudyPlan plan =
        new StudyPlan(
            shapes,
            StandardShapes.SECONDS,
            service,
            settings,
            seeds,
            firstSeed,
            podHourPrice,
            shipped.queue().maxReplicas());
    Study study = new Study(plan, parallel);
    long began = System.nanoTime();
    Map<String, Integer> bestStatic = study.bestStatic();
    PolicyPlugin.Worker worker =
        PolicyPlugin.Worker.of(settings.worker(), service, shipped.queue());
    StandardPolicies standard =
        new StandardPolicies(shipped, model.controller(), worker, settings.objective());
    List<Policy> policies = new ArrayList<>(standard.all(bestStatic));
    try (Plugins loaded = new Plugins(plugins)) {
      policies.addAll(loaded.policies(worker));
      requireUniqueNames(policies);
      Study.Runs runs =
          new Rounds(plan, finalSeeds, decidingSeeds, parallel)
              .run(policies, new ConsoleProgress(System.err, Help.Ansi.AUTO.enabled()));
      List<SummaryRow> summary = Study.summarize(policies, runs.outcomes());
      Map<String, Map<String, Verdict>> passes = Study.passes(summary, settings.objective());
      Recommendation recommendation = Recommendation.of(policies, passes, runs.outcomes());
      List<Sensitivity.Row> sensitivity =
          sensitivitySeeds == 0
              ? List.of()
              : new Sensitivity(
                      attainable(plan, recommendation).withSeeds(Math.min(seeds, sensitivitySeeds)),
                      parallel)
                  .run(
                      policies.stream()
                          .filter(p -> compared(recommendation, standard).contains(p.name()))
                          .toList(),
                      factors(plan));
      double seconds = (System.nanoTime() - began) / 1e9;
      write(
          new StudyRecord(
              recommendation.policies(),
              passes,
              new StudyRecord.Setup(
                  settings.worker(),
                  settings.pipeline(),
                  settings.nodes(),
                  settings.controlPlane(),
                  settings.objective(),
                  service.mean(),
                  model.serviceSource(),
                  podHourPrice,
                  plan.seconds(),
                  seeds,
                  finalSeeds,
                  decidingSeeds,
                  firstSeed,
                  plan.maxReplicas()),
              policies.stream()
                  .map(p -> new StudyRecord.Description(p.name(), p.description(), p.kind()))
                  .toList(),
              shapes.stream()
                  .map(s -> new StudyRecord.Description(s.name(), s.description(), null))
                  .toList(),
              bestStatic,
              summary,
              shown(runs.timelines(), recommendation.simplest(), standard.shippedQueue()),
              standard.shippedQueue(),
              recommendation,
              sensitivity,
              effort(runs.outcomes(), seconds, parallel)),
          runs);
    }
    return 0;
  }

  private static List<Factor> factors(StudyPlan plan) {
    List<Factor> factors = new ArrayList<>(Factor.standard(plan));
    factors.add(Factor.length());
    return factors;
  }

  /** Limits a plan to the decisive loads, if there are any. */
  private static StudyPlan attainable(StudyPlan plan, Recommendation recommendation) {
    List<LoadShape> shapes =
        plan.shapes().stream()
            .filter(shape -> !recommendation.unattainable().contains(shape.name()))
            .toList();
    return shapes.isEmpty() ? plan : plan.withShapes(shapes);
  }

  private static void requireUniqueNames(List<Policy> policies) {
    Set<String> names = new HashSet<>();
    for (Policy policy : policies) {
      if (!names.add(policy.name())) {
        throw new IllegalArgumentException("two policies are called " + policy.name());
      }
    }
  }

  /** Selects the policies of the sensitivity runs: one of each important family. */
  private static Set<String> compared(Recommendation chosen, StandardPolicies standard) {
    Set<String> names =
        new HashSet<>(
            List.of(
                "cpu-70-down-120",
                "both-10-down-120",
                "queue-20-down-120",
                "formula-80-down-120",
                "formula-90-down-120"));
    names.add(chosen.simplest());
    names.add(standard.shippedQueue());
    return names;
  }

  /** Selects the timelines to show, because a chart with all policies would be unreadable. */
  private static List<Timeline> shown(List<Timeline> timelines, String chosen, String shipped) {
    Set<String> names = Set.copyOf(List.of("cpu-70-down-120", chosen, shipped, "oracle"));
    return timelines.stream().filter(timeline -> names.contains(timeline.policy())).toList();
  }

  private static StudyRecord.Effort effort(List<Outcome> outcomes, double seconds, int threads) {
    return new StudyRecord.Effort(
        outcomes.size(),
        outcomes.stream().mapToLong(Outcome::jobs).sum(),
        outcomes.stream().mapToDouble(Outcome::podHours).sum(),
        seconds,
        threads,
        Machine.describe());
  }

  private void write(StudyRecord record, Study.Runs runs) throws Exception {
    LabFiles files = new LabFiles(out);
    files.writeCsv("runs.csv", Outcome.class, runs.outcomes());
    files.write(record);
    HtmlReport html = new HtmlReport(record, files.calibrations());
    Path report = files.writeText("report.html", html.page());
    files.writeText("overview.svg", html.overview());
    var terminal = spec.commandLine().getOut();
    terminal.printf(
        "%d runs, %d jobs, %.0f pod-hours simulated in %.1f s%n",
        record.effort().runs(),
        record.effort().jobs(),
        record.effort().podHours(),
        record.effort().wallSeconds());
    terminal.printf(
        "To ship: %s. %s%n", record.recommendation().simplest(), record.recommendation().reason());
    terminal.println("Report: " + report);
  }
}

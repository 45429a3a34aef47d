package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.hpa.ControllerSettings;
import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.manifest.ShippedManifests;
import io.thumbnailer.scalinglab.report.HtmlReport;
import io.thumbnailer.scalinglab.report.LabFiles;
import io.thumbnailer.scalinglab.report.StudyRecord;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import io.thumbnailer.scalinglab.study.Outcome;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.Recommendation;
import io.thumbnailer.scalinglab.study.StandardPolicies;
import io.thumbnailer.scalinglab.study.StandardShapes;
import io.thumbnailer.scalinglab.study.Study;
import io.thumbnailer.scalinglab.study.StudyPlan;
import io.thumbnailer.scalinglab.study.SummaryRow;
import io.thumbnailer.scalinglab.study.Timeline;
import java.nio.file.Path;
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

/** Compares policies on shapes of load over seeds, and writes data files and the report. */
@Command(
    name = "study",
    description = "Compares scaling policies, names the one to ship, writes the report.",
    mixinStandardHelpOptions = true,
    showDefaultValues = false)
final class StudyCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin ModelOptions model;

  @Option(
      names = "--seeds",
      description = "Runs of each policy on each shape (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  int seeds;

  @Option(
      names = "--first-seed",
      description = "The seeds are this one and the following (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  long firstSeed;

  @Option(
      names = "--pod-hour-price",
      description =
          "Cost of a worker for an hour; half of a vCPU at 0.0425 $ (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.02125")
  double podHourPrice;

  @Option(
      names = "--threads",
      description = "Simulations at a time (default: one for each processor).",
      defaultValue = "0")
  int threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "For the data files and report.html (default: ${DEFAULT-VALUE}).",
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
    StandardPolicies standard = new StandardPolicies(shipped, ControllerSettings.DEFAULTS);
    List<Policy> policies = standard.all(bestStatic, settings.worker().start().leadSeconds());
    Study.Runs runs =
        study.run(policies, new ConsoleProgress(System.err, Help.Ansi.AUTO.enabled()));
    double seconds = (System.nanoTime() - began) / 1e9;
    List<SummaryRow> summary = Study.summarize(policies, runs.outcomes());
    Recommendation recommendation = Recommendation.of(summary, settings.objective());
    StudyRecord record =
        new StudyRecord(
            new StudyRecord.Setup(
                settings.worker(),
                settings.pipeline(),
                settings.objective(),
                service.mean(),
                model.serviceSource(),
                podHourPrice,
                plan.seconds(),
                seeds,
                plan.maxReplicas()),
            policies.stream()
                .map(p -> new StudyRecord.Description(p.name(), p.description(), p.kind()))
                .toList(),
            shapes.stream()
                .map(s -> new StudyRecord.Description(s.name(), s.description(), null))
                .toList(),
            bestStatic,
            summary,
            shown(runs.timelines(), recommendation.policy()),
            standard.shippedQueue(),
            recommendation,
            effort(runs.outcomes(), seconds, parallel));
    write(record, runs);
    return 0;
  }

  /** A chart with all policies could not be read. */
  private static List<Timeline> shown(List<Timeline> timelines, String chosen) {
    Set<String> names = Set.of("cpu-70", chosen, "keda", "oracle");
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
    Path report =
        files.writeText("report.html", new HtmlReport(record, files.calibrations()).page());
    var terminal = spec.commandLine().getOut();
    terminal.printf(
        "%d runs, %d jobs, %.0f pod-hours simulated in %.1f s%n",
        record.effort().runs(),
        record.effort().jobs(),
        record.effort().podHours(),
        record.effort().wallSeconds());
    terminal.printf(
        "To ship: %s (%s)%n", record.recommendation().policy(), record.recommendation().reason());
    terminal.println("Report: " + report);
  }
}

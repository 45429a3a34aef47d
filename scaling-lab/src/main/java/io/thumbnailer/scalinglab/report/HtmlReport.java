package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.simulation.WorkerModel;
import io.thumbnailer.scalinglab.study.Estimate;
import io.thumbnailer.scalinglab.study.SummaryRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes one HTML file of a study: no scripts, no network, charts inside. */
public final class HtmlReport {
  private static final List<String> FIGURES =
      List.of(
          "policy",
          "late %",
          "p50 wait s",
          "p95 wait s",
          "p99 wait s",
          "pod-hours",
          "cost $",
          "\u03b8U %",
          "\u03b8O %",
          "\u03c4U %",
          "\u03c4O %",
          "\u03c5 %",
          "catch up s",
          "handed back");

  private final StudyRecord study;
  private final List<Calibration> calibrations;
  private final ReportCharts charts;

  /** Of a study and, if there are any, real runs beside their simulation. */
  public HtmlReport(StudyRecord study, List<Calibration> calibrations) {
    this.study = study;
    this.calibrations = List.copyOf(calibrations);
    this.charts = new ReportCharts(study);
  }

  /** The whole page. */
  public String page() {
    Html html = new Html();
    html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<title>Scaling study</title><style>" + css() + "</style></head><body>\n")
        .heading(1, "How well does the autoscaler work?")
        .paragraph(introduction());
    findings(html);
    recommendation(html);
    comparison(html);
    shapes(html);
    realRuns(html);
    method(html);
    return html.raw("</body></html>\n").toString();
  }

  private String introduction() {
    StudyRecord.Setup setup = study.setup();
    return text(
        "Thumbnail jobs wait in a queue; workers in a Kubernetes cluster take them; an autoscaler"
            + " decides how many workers there are. Too few, and users wait; too many, and money is"
            + " wasted. This page compares %d ways of deciding on %d shapes of load, %d runs each"
            + " with other random arrivals, %.0f min a run. The promise to the users: %.0f %% of the"
            + " jobs start within %.0f s of the upload. All numbers come from a simulation of the"
            + " exact controller on the settings that are shipped; how near it is to real workers is"
            + " shown below. \u00b1 is half of a 95 %% confidence interval over the runs.",
        study.policies().size(),
        study.shapes().size(),
        setup.seeds(),
        setup.runSeconds() / 60,
        100 * setup.objective().share(),
        setup.objective().waitSeconds());
  }

  private void findings(Html html) {
    html.heading(2, "What was found");
    for (Finding finding : new Findings(study).all()) {
      html.raw("<div class=\"finding\">")
          .heading(3, finding.title())
          .paragraph(finding.text())
          .raw("</div>\n");
    }
  }

  private void recommendation(Html html) {
    html.heading(2, "What to ship")
        .paragraph(study.recommendation().policy() + ": " + study.recommendation().reason() + ".")
        .paragraph(
            study.recommendation().policy().equals(study.shipped())
                ? "That is what hpa-queue holds."
                : "hpa-queue holds " + study.shipped() + ".");
  }

  private void comparison(Html html) {
    html.heading(2, "All policies, mean over all loads")
        .raw(charts.pareto())
        .paragraph(
            "Further left is cheaper, further down keeps the promise better; the dashed line joins"
                + " the policies that no other beats in both.");
    html.table(FIGURES, rows(SummaryRow.ALL));
    html.raw("<details><summary>What the columns and the policies are</summary><dl>");
    html.definition("late", "jobs that waited longer than promised, and those never done")
        .definition("wait", "from the upload to the start of the work")
        .definition("pod-hours", "paid for: from its place on a node until it is gone")
        .definition(
            "\u03b8U, \u03b8O",
            "SPEC RG accuracy: how much supply was missing or too much, as a part of the demand")
        .definition(
            "\u03c4U, \u03c4O", "SPEC RG time share: how long there were too few or too many")
        .definition(
            "\u03c5", "SPEC RG instability: steps in which supply did not move as demand did")
        .definition(
            "catch up",
            "from the first highest demand to a supply that meets it; over the loads"
                + " that have a highest demand only once it says most: see the step")
        .definition("handed back", "jobs interrupted by a worker's stop, a run");
    study.policies().forEach(policy -> html.definition(policy.name(), policy.text()));
    html.raw("</dl></details>\n");
  }

  private void shapes(Html html) {
    html.heading(2, "Load by load");
    for (StudyRecord.Description shape : study.shapes()) {
      html.heading(3, shape.name())
          .paragraph(
              text(
                  "%s. The best fixed number of workers is %d.",
                  shape.text(), study.bestStatic().getOrDefault(shape.name(), 0)))
          .raw("<div class=\"charts\">" + charts.timelines(shape.name()) + "</div>\n")
          .raw("<details><summary>All policies on this load</summary>");
      html.table(FIGURES, rows(shape.name())).raw("</details>\n");
    }
  }

  private void realRuns(Html html) {
    html.heading(2, "Simulated against real");
    if (calibrations.isEmpty()) {
      html.paragraph("No run with real workers lies beside this study (scaling-lab run --local).");
      return;
    }
    html.paragraph(
        "Real servers, a real Redis and a real S3 were driven by the same controller; then the"
            + " simulation was given the same arrivals and the service times that were measured.");
    List<Html.Row> rows = new ArrayList<>();
    for (Calibration run : calibrations) {
      rows.add(new Html.Row(figures(run.shape() + ", real", run.real()), false));
      rows.add(new Html.Row(figures(run.shape() + ", simulated", run.simulated()), false));
      rows.add(
          new Html.Row(
              List.of(
                  run.shape() + ", error",
                  "",
                  "",
                  "",
                  text("%+.1f %%", run.waitError()),
                  "",
                  text("%+.1f %%", run.podSecondsError()),
                  ""),
              true));
    }
    html.table(
        List.of(
            "run",
            "jobs",
            "lost",
            "p50 wait s",
            "p95 wait s",
            "p99 wait s",
            "pod-seconds",
            "most workers"),
        rows);
    for (Calibration run : calibrations) {
      html.heading(3, run.shape())
          .paragraph(
              run.description() + ". " + run.policy() + ". " + run.workers() + ". " + run.machine())
          .raw("<div class=\"charts\">" + ReportCharts.calibration(run) + "</div>\n");
    }
  }

  private static List<String> figures(String name, Calibration.Figures figures) {
    return List.of(
        name,
        Integer.toString(figures.jobs()),
        Integer.toString(figures.lost()),
        text("%.2f", figures.p50Wait()),
        text("%.2f", figures.p95Wait()),
        text("%.2f", figures.p99Wait()),
        text("%.0f", figures.podSeconds()),
        Integer.toString(figures.mostWorkers()));
  }

  private void method(Html html) {
    StudyRecord.Setup setup = study.setup();
    WorkerModel worker = setup.worker();
    html.heading(2, "How it was done, and what it leaves out")
        .raw("<dl>")
        .definition(
            "worker",
            text(
                "%d job(s) at a time, CPU request %dm, limit %.2g; a job takes a warm one %.3f s in"
                    + " the mean (%s), of which %.0f %% on the CPU; start %.0f s + %.0f s \u00b1 %.0f %%; the"
                    + " first job takes %.1f times as long, falling over %.0f jobs; grace %.0f s",
                worker.slots(),
                worker.cpu().requestMilli(),
                worker.cpu().limit(),
                setup.meanServiceSeconds(),
                setup.serviceSource(),
                100 * worker.cpu().share(),
                worker.start().containerSeconds(),
                worker.start().bootSeconds(),
                100 * worker.start().bootVariation(),
                worker.warmUp().slowdown(0),
                worker.warmUp().jobs(),
                worker.end().graceSeconds()))
        .definition(
            "metrics",
            text(
                "the queue is scraped every %.0f s and seen %.0f s later, CPU every %.0f s; the"
                    + " phases of all loops are random",
                setup.pipeline().scrapeSeconds(),
                setup.pipeline().lagSeconds(),
                setup.pipeline().resourceSeconds()))
        .definition(
            "demand",
            "from arrivals and service time alone: the fewest workers of an M/M/n queue that keep"
                + " the promise for the arrivals of each minute. No autoscaler's wish enters it")
        .definition(
            "cost", text("%.4f $ for a worker and hour, an assumption", setup.podHourPrice()))
        .definition(
            "left out",
            "failures of nodes, Redis and S3, retries, priorities, noisy neighbours, the time of"
                + " the upload itself")
        .definition(
            "effort",
            text(
                "%d runs, %d jobs, %.0f simulated pod-hours in %.1f s on %d threads; %s",
                study.effort().runs(),
                study.effort().jobs(),
                study.effort().podHours(),
                study.effort().wallSeconds(),
                study.effort().threads(),
                study.effort().machine()))
        .raw("</dl>\n");
  }

  private List<Html.Row> rows(String shape) {
    List<Html.Row> rows = new ArrayList<>();
    for (SummaryRow row : study.summary()) {
      if (row.shape().equals(shape)) {
        List<String> cells = new ArrayList<>();
        cells.add(row.policy());
        for (Estimate estimate :
            List.of(
                row.latePercent(),
                row.p50Wait(),
                row.p95Wait(),
                row.p99Wait(),
                row.podHours(),
                row.cost(),
                row.thetaUnder(),
                row.thetaOver(),
                row.tauUnder(),
                row.tauOver(),
                row.instability(),
                row.catchUpSeconds(),
                row.interrupted())) {
          cells.add(Findings.number(estimate));
        }
        rows.add(new Html.Row(cells, row.policy().equals(study.recommendation().policy())));
      }
    }
    return rows;
  }

  private static String css() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

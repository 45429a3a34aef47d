package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.study.Estimate;
import io.thumbnailer.scalinglab.study.SummaryRow;
import io.thumbnailer.scalinglab.study.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Creates one HTML file of a study, with inline charts, without scripts and network access. */
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
          "aU",
          "aO",
          "\u03c4U %",
          "\u03c4O %",
          "\u03c5 %",
          "j",
          "\u03b5",
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
        .heading(1, "Scaling study")
        .paragraph(introduction());
    Definitions.write(html, study);
    findings(html);
    passes(html);
    differences(html);
    comparison(html);
    shapes(html);
    realRuns(html);
    Method.write(html, study);
    return html.raw("</body></html>\n").toString();
  }

  /** Cost against lateness of all policies, as a file of its own. */
  public String overview() {
    String svg = charts.pareto().svg();
    int open = svg.indexOf('>') + 1;
    return svg.substring(0, open) + "\n<style>" + chartCss() + "</style>" + svg.substring(open);
  }

  /** The rules for what is in a chart. */
  private static String chartCss() {
    return css().lines().filter(line -> line.startsWith("svg")).collect(Collectors.joining("\n"));
  }

  private String introduction() {
    StudyRecord.Setup setup = study.setup();
    return text(
        "Thumbnail jobs wait in a queue, and workers in a Kubernetes cluster process them. An"
            + " autoscaler decides how many workers run: with too few, users wait; with too many,"
            + " money is wasted. This page compares %d policies for that decision on %d loads of"
            + " %.0f min. Each policy ran %d to %d times on each load, and up to %d times where the"
            + " recommendation depended on it. The goal: on each load, %.0f %% of the jobs start"
            + " within %.0f s of the upload. All figures come from a simulation. The value after"
            + " \u00b1 is half the width of the 95 %% confidence interval over the runs. The"
            + " figures of every run are in runs.csv.",
        study.policies().size(),
        study.shapes().size(),
        setup.runSeconds() / 60,
        setup.seeds(),
        setup.seeds() + setup.finalSeeds(),
        setup.decidingSeeds(),
        100 * setup.objective().share(),
        setup.objective().waitSeconds());
  }

  private void findings(Html html) {
    html.heading(2, "Findings");
    for (Finding finding : new Findings(study).all()) {
      html.raw("<div class=\"finding\">")
          .heading(3, finding.title())
          .paragraph(finding.text())
          .raw("<div class=\"wide\">" + finding.chart() + "</div></div>\n");
    }
  }

  private void passes(Html html) {
    html.heading(2, "Pass and fail on each load")
        .paragraph(
            text(
                "Late jobs in per cent. At most %.0f are allowed; \u2717 marks a failure. The last"
                    + " column is the number of loads passed.",
                study.allowedPercent()));
    List<String> head = new ArrayList<>(List.of("policy"));
    study.shapes().forEach(shape -> head.add(shape.name()));
    head.add("passed");
    List<Html.Row> rows = new ArrayList<>();
    study
        .passes()
        .forEach(
            (policy, verdicts) -> {
              List<String> cells = new ArrayList<>(List.of(policy));
              for (StudyRecord.Description shape : study.shapes()) {
                Verdict verdict = verdicts.get(shape.name());
                cells.add(late(verdict) + (verdict.pass() ? "" : " \u2717"));
              }
              long passed = verdicts.values().stream().filter(Verdict::pass).count();
              cells.add(Long.toString(passed));
              rows.add(new Html.Row(cells, study.recommended().contains(policy)));
            });
    html.table(head, rows);
  }

  /** With a second decimal where one would round to the limit. */
  private String late(Verdict verdict) {
    boolean close = Math.abs(verdict.latePercent() - study.allowedPercent()) < 0.05;
    return text(close ? "%.2f" : "%.1f", verdict.latePercent());
  }

  private void differences(Html html) {
    html.heading(2, "Paired differences")
        .paragraph(
            "The extra cost of a run compared with the cheapest policy on the same jobs, for each"
                + " candidate that meets the goal. The intervals hold for all comparisons"
                + " together.");
    html.table(
        List.of("policy", "extra pod-hours", "95 % interval", "verdict"),
        study.recommendation().differences().stream()
            .map(d -> new Html.Row(Findings.cells(d), d.equal()))
            .toList());
  }

  private void comparison(Html html) {
    html.heading(2, "All figures, averaged over all loads");
    html.table(FIGURES, rows(SummaryRow.ALL));
    html.raw("<details><summary>The policies</summary><dl>");
    study.policies().forEach(policy -> html.definition(policy.name(), policy.text()));
    html.raw("</dl></details>\n");
  }

  private void shapes(Html html) {
    html.heading(2, "Each load");
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
    html.heading(2, "Simulation and reality");
    if (calibrations.isEmpty()) {
      html.paragraph("This study has no run with real workers (scaling-lab run --local).");
      return;
    }
    html.paragraph(
        "The same controller scaled real servers with a real Redis and S3. The simulation then got"
            + " the same arrivals and the measured service times.");
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
                row.underWorkers(),
                row.overWorkers(),
                row.tauUnder(),
                row.tauOver(),
                row.instability(),
                row.jitter())) {
          cells.add(Findings.number(estimate));
        }
        double speedup = row.speedup(study.row("static", shape));
        cells.add(Double.isNaN(speedup) ? "\u2013" : text("%.2f", speedup));
        cells.add(Findings.number(row.catchUpSeconds()));
        cells.add(Findings.number(row.interrupted()));
        rows.add(new Html.Row(cells, study.recommended().contains(row.policy())));
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

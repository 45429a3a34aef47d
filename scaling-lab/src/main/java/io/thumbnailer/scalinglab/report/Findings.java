package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.study.Difference;
import io.thumbnailer.scalinglab.study.Estimate;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.Recommendation;
import io.thumbnailer.scalinglab.study.Sensitivity;
import io.thumbnailer.scalinglab.study.SummaryRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Describes a study's figures in sentences. Titles and directions follow from the figures; a
 * finding mentions the sensitivity runs that contradict it.
 */
public final class Findings {
  private static final String CPU = "cpu-70-down-120";

  private final StudyRecord study;
  private final ReportCharts charts;

  /** Creates the findings of a study. */
  public Findings(StudyRecord study) {
    this.study = study;
    this.charts = new ReportCharts(study);
  }

  /** All of them, each with its chart. */
  public List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(whatToShip());
    findings.add(whatTheFamiliesDo());
    if (study.row(CPU, SummaryRow.ALL) != null) {
      findings.add(whatCpuDoes());
    }
    if (!study.sensitivity().isEmpty()) {
      findings.add(whatItDependsOn());
    }
    return findings;
  }

  private Finding whatToShip() {
    Recommendation chosen = study.recommendation();
    String title =
        chosen.policies().size() == 1
            ? "One policy is best: " + chosen.simplest()
            : chosen.policies().size()
                + " policies are equally good; the simplest is "
                + chosen.simplest();
    String shipped =
        study.shipped().equals(chosen.simplest())
            ? " hpa-queue uses it."
            : study.shipped().isEmpty()
                ? ""
                : text(
                    " hpa-queue uses %s: %s of the jobs are late on its worst load (%s), %s"
                        + " pod-hours.",
                    study.shipped(),
                    percent(study.worst(study.shipped()).latePercent()),
                    study.worst(study.shipped()).shape(),
                    number(study.row(study.shipped(), SummaryRow.ALL).podHours()));
    String hopeless =
        chosen.unattainable().isEmpty()
            ? ""
            : " No candidate meets the goal on "
                + String.join(" and ", chosen.unattainable())
                + "; the reaction time is too long there.";
    return new Finding(
        title, chosen.reason() + hopeless + shipped + others(), charts.differences());
  }

  /** The policies that are no candidates and meet the goal too. */
  private String others() {
    return study.policies().stream()
        .filter(policy -> !policy.kind().isCandidate() && !policy.kind().isYardstick())
        .map(StudyRecord.Description::name)
        .filter(study::keeps)
        .map(
            name ->
                text(
                    " %s, which is not a candidate, also meets the goal, at %s pod-hours.",
                    name, number(study.row(name, SummaryRow.ALL).podHours())))
        .collect(Collectors.joining());
  }

  private Finding whatTheFamiliesDo() {
    Map<Policy.Kind, List<StudyRecord.Description>> families =
        study.policies().stream()
            .filter(policy -> policy.kind().isCandidate())
            .collect(Collectors.groupingBy(StudyRecord.Description::kind));
    List<String> sentences = new ArrayList<>();
    List<String> none = new ArrayList<>();
    families.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            family -> {
              List<String> keeping =
                  family.getValue().stream()
                      .map(StudyRecord.Description::name)
                      .filter(study::keeps)
                      .sorted(Comparator.comparingDouble(this::cost))
                      .toList();
              if (keeping.isEmpty()) {
                none.add(family.getKey().label());
              } else {
                sentences.add(
                    text(
                        "%s: %d of %d, the cheapest is %s at %s pod-hours",
                        family.getKey().label(),
                        keeping.size(),
                        family.getValue().size(),
                        keeping.get(0),
                        number(study.row(keeping.get(0), SummaryRow.ALL).podHours())));
              }
            });
    String title =
        none.isEmpty()
            ? "Every family has a setting that meets the goal on every load"
            : sentences.isEmpty()
                ? "No family has a setting that meets the goal on every load"
                : "Some families have no setting that meets the goal on every load";
    ScatterAndRest chart = new ScatterAndRest(charts);
    return new Finding(
        title,
        "Settings of each family that meet it: "
            + String.join("; ", sentences)
            + "."
            + (none.isEmpty() ? "" : " None: " + String.join("; ", none) + ".")
            + chart.rest(),
        chart.svg());
  }

  private double cost(String policy) {
    return study.row(policy, SummaryRow.ALL).podHours().mean();
  }

  private Finding whatCpuDoes() {
    SummaryRow all = study.row(CPU, SummaryRow.ALL);
    SummaryRow worst = study.worst(CPU);
    SummaryRow best = study.row(study.recommendation().simplest(), SummaryRow.ALL);
    double ratio = all.podHours().mean() / best.podHours().mean();
    boolean keeps = study.keeps(CPU);
    String title =
        keeps
            ? text("CPU at 70 %% meets the goal at %.2f times the cost", ratio)
            : text(
                "CPU at 70 %% fails %d of %d loads",
                study.passes().get(CPU).values().stream().filter(v -> !v.pass()).count(),
                study.shapes().size());
    String sensitivity =
        study.sensitivity().stream()
            .filter(row -> row.policy().equals(CPU) && row.factor().startsWith("CPU share"))
            .map(
                row ->
                    text(
                        "with %s, %.1f %% of the jobs are late on %s, at %.1f pod-hours",
                        row.level(), row.worstLatePercent(), row.worstShape(), row.podHours()))
            .collect(Collectors.joining("; "));
    return new Finding(
        title,
        text(
            "%s: %s of the jobs are late on its worst load (%s), %s pod-hours per run; %s: %s"
                + " pod-hours. CPU use shows how busy a worker is, not how many jobs are waiting,"
                + " and a job that waits for S3 uses no CPU.%s",
            CPU,
            percent(worst.latePercent()),
            worst.shape(),
            number(all.podHours()),
            study.recommendation().simplest(),
            number(best.podHours()),
            sensitivity.isEmpty()
                ? ""
                : text(
                        " A job's CPU share was measured as %.2f; ",
                        study.setup().worker().cpu().share())
                    + sensitivity
                    + "."),
        charts.tornado(
            CPU,
            "CPU at 70 %: late jobs on the worst load, one assumption changed at a time",
            "late jobs, %",
            Sensitivity.Row::worstLatePercent,
            study.allowedPercent()));
  }

  private Finding whatItDependsOn() {
    String chosen = study.recommendation().simplest();
    int assumed =
        study.sensitivity().stream()
            .filter(row -> row.policy().equals(chosen) && row.factor().isEmpty())
            .mapToInt(Sensitivity.Row::failedShapes)
            .findFirst()
            .orElse(0);
    List<Sensitivity.Row> broken =
        study.sensitivity().stream()
            .filter(row -> row.policy().equals(chosen) && !row.factor().isEmpty())
            .filter(row -> row.failedShapes() > assumed)
            .toList();
    String title =
        broken.isEmpty()
            ? chosen + " meets the goal under every changed assumption"
            : text(
                "%s fails under %d of %d changed assumptions",
                chosen,
                broken.size(),
                study.sensitivity().stream()
                    .filter(row -> row.policy().equals(chosen) && !row.factor().isEmpty())
                    .count());
    String list =
        broken.isEmpty()
            ? "With one assumption changed at a time, it fails no further load."
            : broken.stream()
                .map(
                    row ->
                        text(
                            "%s, %s: %.1f %% of the jobs are late on %s (failed loads: %d)",
                            row.factor(),
                            row.level(),
                            row.worstLatePercent(),
                            row.worstShape(),
                            row.failedShapes()))
                .collect(
                    Collectors.joining(
                        "; ",
                        "One assumption is changed at a time. It then fails more loads: ",
                        "."));
    return new Finding(
        title,
        list,
        charts.tornado(
                chosen,
                chosen + ": late jobs on the worst load, one assumption changed at a time",
                "late jobs, %",
                Sensitivity.Row::worstLatePercent,
                study.allowedPercent())
            + charts.tornado(
                chosen,
                chosen + ": cost, one assumption changed at a time",
                "pod-hours per run",
                Sensitivity.Row::podHours,
                Double.NaN));
  }

  /** The differences in words, for the table. */
  static List<String> cells(Difference difference) {
    return List.of(
        difference.policy(),
        text("%+.2f", difference.podHours()),
        text("%+.2f to %+.2f", difference.low(), difference.high()),
        difference.equal() ? "equal" : "more expensive");
  }

  private static String percent(Estimate estimate) {
    return number(estimate) + " %";
  }

  static String number(Estimate estimate) {
    return Double.isNaN(estimate.mean())
        ? "never"
        : digits(estimate.mean()) + " \u00b1 " + digits(estimate.halfWidth());
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    return text(size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The Pareto chart, and in words what it cannot show. */
  private record ScatterAndRest(ReportCharts charts) {
    String svg() {
      return charts.pareto().svg();
    }

    String rest() {
      return charts.pareto().beyond().isEmpty()
          ? ""
          : text(
              " %d policies have too many late jobs to be shown in the chart.",
              charts.pareto().beyond().size());
    }
  }
}

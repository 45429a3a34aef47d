package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.study.Estimate;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.SummaryRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Puts a study's figures into sentences. Which way a comparison goes is read from the figures, and
 * where the confidence intervals overlap the sentence says so.
 */
public final class Findings {
  private final StudyRecord study;

  /** About a study. */
  public Findings(StudyRecord study) {
    this.study = study;
  }

  /** All of them, the most useful first; a comparison whose policies are missing is left out. */
  public List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    addIfThere(findings, cpuAgainstBacklog());
    addIfThere(findings, whatASteadyLoadCosts());
    addIfThere(findings, whatASuddenStepCosts());
    addIfThere(findings, whatTheTargetDoes());
    addIfThere(findings, whatTheWindowDoes());
    addIfThere(findings, whatZeroWorkersBring());
    addIfThere(findings, howFarFromTheBest());
    return findings;
  }

  private static void addIfThere(List<Finding> findings, Finding finding) {
    if (finding != null) {
      findings.add(finding);
    }
  }

  private String chosen() {
    return study.recommendation().policy();
  }

  private Finding cpuAgainstBacklog() {
    SummaryRow queue = study.row(chosen(), SummaryRow.ALL);
    SummaryRow cpu = study.row("cpu-70", SummaryRow.ALL);
    if (queue == null || cpu == null) {
      return null;
    }
    boolean fewer = queue.latePercent().mean() < cpu.latePercent().mean();
    boolean cheaper = queue.podHours().mean() < cpu.podHours().mean();
    String title =
        fewer == cheaper
            ? (fewer ? "The backlog beats CPU in both" : "CPU beats the backlog in both")
            : (fewer
                ? "The backlog keeps the promise where CPU does not, for more workers"
                : "The backlog is cheaper than CPU, and later");
    return new Finding(
        title,
        text(
            "Scaling on the backlog (%s), %s of the jobs start late (over %.0f s) at %s pod-hours a"
                + " run; scaling on CPU at 70 %%, %s at %s.%s",
            chosen(),
            percent(queue.latePercent()),
            study.setup().objective().waitSeconds(),
            number(queue.podHours()),
            percent(cpu.latePercent()),
            number(cpu.podHours()),
            overlap(queue.latePercent(), cpu.latePercent())));
  }

  private Finding whatASteadyLoadCosts() {
    SummaryRow queue = study.row("queue-20-down-120", "constant");
    SummaryRow both = study.row("both-20-down-120", "constant");
    Integer fixed = study.bestStatic().get("constant");
    if (queue == null || both == null || fixed == null) {
      return null;
    }
    boolean calmer = both.instability().mean() < queue.instability().mean();
    boolean cheaper = both.podHours().mean() < queue.podHours().mean();
    return new Finding(
        "On a steady load the backlog alone swings"
            + (calmer || cheaper ? ", and CPU as a floor calms it" : ""),
        text(
            "A queue that is kept up with is empty, so an autoscaler on the backlog alone lets"
                + " workers go until jobs pile up, and then starts too many. On a constant load that"
                + " %d workers serve, queue-20-down-120 pays for %s pod-hours in two hours with an"
                + " instability of %s; with CPU as a second metric (both-20-down-120) %s and %s.",
            fixed,
            number(queue.podHours()),
            percent(queue.instability()),
            number(both.podHours()),
            percent(both.instability())));
  }

  private Finding whatASuddenStepCosts() {
    SummaryRow queue = study.row(chosen(), "step");
    SummaryRow oracle = study.row("oracle", "step");
    SummaryRow cpu = study.row("cpu-70", "step");
    if (queue == null || oracle == null || cpu == null) {
      return null;
    }
    double lead = study.setup().worker().start().leadSeconds();
    return new Finding(
        "A sudden step is paid for in delays that no target removes",
        text(
            "From one worker's load to ten at once, the workers catch up with the demand after %s s"
                + " on the backlog and after %s s on CPU. A worker needs up to %.0f s to start, the"
                + " metrics are up to %.0f s old, and the controller looks every 15 s. Until then"
                + " jobs wait: p99 %s s; for the oracle, which starts early enough, %s s.",
            number(queue.catchUpSeconds()),
            number(cpu.catchUpSeconds()),
            lead,
            study.setup().pipeline().scrapeSeconds() + study.setup().pipeline().lagSeconds(),
            number(queue.p99Wait()),
            number(oracle.p99Wait())));
  }

  private Finding whatTheTargetDoes() {
    String window = chosen().replaceFirst("-\\d+-down", "-%d-down");
    List<SummaryRow> rows = new ArrayList<>();
    for (SummaryRow row : study.summary()) {
      if (row.shape().equals(SummaryRow.ALL)
          && row.policy().replaceFirst("-\\d+-down", "-%d-down").equals(window)) {
        rows.add(row);
      }
    }
    if (rows.size() < 2) {
      return null;
    }
    String list =
        rows.stream()
            .map(
                row ->
                    text(
                        "%s: %s late, %s pod-hours",
                        row.policy().split("-", -1)[1],
                        percent(row.latePercent()),
                        number(row.podHours())))
            .collect(Collectors.joining("; "));
    return new Finding(
        "The target is the price: jobs for each worker",
        "With the scale-down window of the chosen policy, by jobs for each worker: " + list + ".");
  }

  private Finding whatTheWindowDoes() {
    String prefix = chosen().replaceFirst("-down-\\d+$", "-down-");
    List<SummaryRow> rows =
        study.summary().stream()
            .filter(row -> row.shape().equals(SummaryRow.ALL))
            .filter(row -> row.policy().startsWith(prefix))
            .toList();
    if (rows.size() < 2) {
      return null;
    }
    String list =
        rows.stream()
            .map(
                row ->
                    text(
                        "%s s: %s late, %s pod-hours, instability %s",
                        row.policy().substring(prefix.length()),
                        percent(row.latePercent()),
                        number(row.podHours()),
                        percent(row.instability())))
            .collect(Collectors.joining("; "));
    return new Finding(
        "How long to hold workers after a peak",
        "With the target of the chosen policy, by scale-down window: " + list + ".");
  }

  private Finding whatZeroWorkersBring() {
    SummaryRow keda = study.row("keda", "quiet");
    SummaryRow queue = study.row(chosen(), "quiet");
    if (keda == null || queue == null) {
      return null;
    }
    boolean saves = keda.podHours().upper() < queue.podHours().mean();
    return new Finding(
        saves
            ? "Zero workers pay only where hardly anything comes, and the first job waits"
            : "Zero workers save nothing here",
        text(
            "On the quiet load KEDA pays for %s pod-hours instead of %s, and p99 of the wait is %s s"
                + " instead of %s s: a job that comes to none waits for the poll and a start.",
            number(keda.podHours()),
            number(queue.podHours()),
            number(keda.p99Wait()),
            number(queue.p99Wait())));
  }

  private Finding howFarFromTheBest() {
    SummaryRow queue = study.row(chosen(), SummaryRow.ALL);
    SummaryRow oracle = study.row("oracle", SummaryRow.ALL);
    SummaryRow fixed =
        study.summary().stream()
            .filter(row -> row.shape().equals(SummaryRow.ALL))
            .filter(row -> row.kind() == Policy.Kind.STATIC)
            .min(Comparator.comparingDouble(row -> row.podHours().mean()))
            .orElse(null);
    if (queue == null || oracle == null || fixed == null) {
      return null;
    }
    return new Finding(
        "What autoscaling is worth",
        text(
            "The fewest fixed workers that keep the objective on each load cost %s pod-hours a run;"
                + " the chosen policy %s (%.0f %% of it), the oracle %s. The chosen policy has"
                + " too few workers in %s of the time and too many in %s.",
            number(fixed.podHours()),
            number(queue.podHours()),
            100 * queue.podHours().mean() / fixed.podHours().mean(),
            number(oracle.podHours()),
            percent(queue.tauUnder()),
            percent(queue.tauOver())));
  }

  private static String overlap(Estimate one, Estimate other) {
    boolean apart = Math.abs(one.mean() - other.mean()) > one.halfWidth() + other.halfWidth();
    return apart
        ? ""
        : " The confidence intervals overlap: the difference in lateness may be chance.";
  }

  private static String percent(Estimate estimate) {
    return number(estimate) + " %";
  }

  static String number(Estimate estimate) {
    return Double.isNaN(estimate.mean())
        ? "never"
        : digits(estimate.mean()) + " ± " + digits(estimate.halfWidth());
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    return text(size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

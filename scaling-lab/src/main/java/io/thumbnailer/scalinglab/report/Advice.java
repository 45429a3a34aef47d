package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.Recommendation;
import io.thumbnailer.scalinglab.study.Sensitivity;
import io.thumbnailer.scalinglab.study.SummaryRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Describes the simulation of a user's autoscaler in words.
 *
 * @param policies that ran
 * @param summary their figures
 * @param recommendation of the standard ones
 * @param sensitivity of theirs and of the recommended one
 * @param objective that they are judged by
 */
public record Advice(
    List<Policy> policies,
    List<SummaryRow> summary,
    Recommendation recommendation,
    List<Sensitivity.Row> sensitivity,
    Objective objective) {
  private static final int FACTORS = 4;
  private static final int NAMES = 8;

  public Advice {
    policies = List.copyOf(policies);
    summary = List.copyOf(summary);
    sensitivity = List.copyOf(sensitivity);
  }

  /** Some lines. */
  public String text(String load, String worker, String yours) {
    SummaryRow own = row(yours);
    double allowed = 100 * (1 - objective.share());
    boolean keeps = own.latePercent().upper() <= allowed;
    StringBuilder text = new StringBuilder();
    text.append("load         ").append(load).append('\n');
    text.append("worker       ").append(worker).append('\n');
    text.append(
        format(
            "goal         at most %.1f %% of the jobs wait longer than %.0f s%n",
            allowed, objective.waitSeconds()));
    text.append(line(own)).append(keeps ? ", meets the goal" : ", misses the goal").append('\n');
    text.append("             ").append(description(yours)).append('\n');
    text.append(influences(yours));
    if (recommendation.unattainable().isEmpty()) {
      String simplest = recommendation.simplest();
      text.append(line(row(simplest))).append('\n');
      text.append("             ").append(description(simplest)).append('\n');
      text.append(influences(simplest));
      text.append(equals(recommendation.policies()));
      text.append(
          keeps && own.podHours().mean() <= row(recommendation.simplest()).podHours().mean()
              ? "advice       keep your settings"
              : "advice       " + recommendation.simplest());
    } else {
      text.append("advice       no standard setting meets the goal on this load");
    }
    return text.toString();
  }

  private String line(SummaryRow row) {
    return format(
        "%-12s late %s %%, p95 wait %s s, %s pod-hours",
        row.policy(),
        Findings.number(row.latePercent()),
        Findings.number(row.p95Wait()),
        Findings.number(row.podHours()));
  }

  /** The levels that change the share of late jobs most. */
  private String influences(String policy) {
    double base =
        sensitivity.stream()
            .filter(row -> row.policy().equals(policy) && row.factor().isEmpty())
            .mapToDouble(Sensitivity.Row::worstLatePercent)
            .findFirst()
            .orElse(0);
    return sensitivity.stream()
        .filter(row -> row.policy().equals(policy) && !row.factor().isEmpty())
        .sorted(
            Comparator.comparingDouble(
                (Sensitivity.Row row) -> -Math.abs(row.worstLatePercent() - base)))
        .limit(FACTORS)
        .map(
            row ->
                format(
                    "             %s, %s: late %.1f %%, %.1f pod-hours%n",
                    row.factor(), row.level(), row.worstLatePercent(), row.podHours()))
        .collect(Collectors.joining());
  }

  private static String equals(List<String> policies) {
    if (policies.size() == 1) {
      return "";
    }
    List<String> others = policies.subList(1, policies.size());
    return "no clear difference in cost: "
        + String.join(", ", others.subList(0, Math.min(NAMES, others.size())))
        + (others.size() <= NAMES
            ? ""
            : format(
                "%nand %d more; with a higher --seeds, fewer remain equal", others.size() - NAMES))
        + "\n";
  }

  private String description(String policy) {
    return policies.stream()
        .filter(p -> p.name().equals(policy))
        .map(Policy::description)
        .findFirst()
        .orElse("");
  }

  private SummaryRow row(String policy) {
    return summary.stream()
        .filter(row -> row.policy().equals(policy) && row.shape().equals(SummaryRow.ALL))
        .findFirst()
        .orElseThrow();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.Objective;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The undecided candidates that are worth more seeds (screening, as in sequential ranking and
 * selection). A candidate is left out if it fails a shape beyond chance, or costs clearly more than
 * one that passes everywhere.
 */
public final class Shortlist {
  /**
   * Costs above this multiple of the cheapest passing candidate's are out: far more than chance, so
   * that no policy that could turn out equal is lost.
   */
  private static final double COST_FACTOR = 1.15;

  private Shortlist() {}

  /**
   * The policies to run further.
   *
   * @param policies those that are still open
   * @param summary of their seeds so far
   */
  public static List<Policy> of(
      List<Policy> policies, List<SummaryRow> summary, Objective objective) {
    double allowed = 100 * (1 - objective.share());
    Map<String, List<SummaryRow>> rows =
        summary.stream()
            .filter(row -> row.kind().isCandidate())
            .collect(Collectors.groupingBy(SummaryRow::policy));
    List<String> attainable = attainable(summary, allowed);
    double bound =
        COST_FACTOR
            * rows.values().stream()
                .filter(own -> of(own, attainable).allMatch(row -> passes(row, allowed)))
                .mapToDouble(Shortlist::cost)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    return policies.stream()
        .filter(policy -> policy.kind().isCandidate())
        .filter(
            policy ->
                of(rows.get(policy.name()), attainable)
                    .allMatch(row -> row.latePercent().lower() <= allowed))
        .filter(policy -> cost(rows.get(policy.name())) <= bound)
        .toList();
  }

  /** The loads that not every candidate fails beyond chance. */
  static List<String> attainable(List<SummaryRow> summary, double allowed) {
    return summary.stream()
        .filter(row -> row.kind().isCandidate() && !row.shape().equals(SummaryRow.ALL))
        .filter(row -> row.latePercent().lower() <= allowed)
        .map(SummaryRow::shape)
        .distinct()
        .toList();
  }

  private static Stream<SummaryRow> of(List<SummaryRow> rows, List<String> shapes) {
    return rows.stream().filter(row -> shapes.contains(row.shape()));
  }

  private static boolean passes(SummaryRow row, double allowed) {
    return Verdict.of(row.latePercent(), allowed).surelyPasses();
  }

  private static double cost(List<SummaryRow> rows) {
    return rows.stream()
        .filter(row -> row.shape().equals(SummaryRow.ALL))
        .mapToDouble(row -> row.podHours().mean())
        .findFirst()
        .orElseThrow();
  }
}

package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.Objective;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    Screening screening = new Screening(summary, objective);
    Map<String, Double> costs =
        summary.stream()
            .filter(row -> row.shape().equals(SummaryRow.ALL))
            .collect(Collectors.toMap(SummaryRow::policy, row -> row.podHours().mean()));
    double bound =
        COST_FACTOR
            * policies.stream()
                .filter(screening::surelyPasses)
                .mapToDouble(policy -> costs.get(policy.name()))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    return policies.stream()
        .filter(screening::mayPass)
        .filter(policy -> costs.get(policy.name()) <= bound)
        .toList();
  }
}

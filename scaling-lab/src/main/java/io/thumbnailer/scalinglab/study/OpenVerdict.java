package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A verdict that more runs could change, and on which the recommendation depends.
 *
 * @param policy a candidate that fails no load beyond chance and does not cost more than one that
 *     passes all
 * @param shape a load on which its confidence interval holds the limit
 */
public record OpenVerdict(Policy policy, String shape) {

  /**
   * All that are open.
   *
   * @param policies all that ran
   * @param summary of all their runs
   * @param outcomes all runs
   */
  public static List<OpenVerdict> of(
      List<Policy> policies,
      List<SummaryRow> summary,
      List<Outcome> outcomes,
      Objective objective) {
    double allowed = 100 * (1 - objective.share());
    List<String> attainable = Shortlist.attainable(summary, allowed);
    Map<String, List<SummaryRow>> rows =
        summary.stream()
            .filter(row -> attainable.contains(row.shape()))
            .collect(Collectors.groupingBy(SummaryRow::policy));
    List<Policy> alive =
        policies.stream()
            .filter(policy -> policy.kind().isCandidate())
            .filter(
                policy ->
                    rows.get(policy.name()).stream()
                        .allMatch(row -> row.latePercent().lower() <= allowed))
            .toList();
    PairedCosts costs = new PairedCosts(alive, outcomes);
    Optional<Policy> cheapest =
        alive.stream()
            .filter(
                policy ->
                    rows.get(policy.name()).stream()
                        .allMatch(row -> verdict(row, allowed).surelyPasses()))
            .min(Comparator.comparingDouble(policy -> costs.mean(policy.name())));
    List<OpenVerdict> open = new ArrayList<>();
    for (Policy policy : alive) {
      boolean costsMore =
          cheapest.isPresent()
              && !costs.difference(policy.name(), cheapest.get().name(), alive.size() - 1).equal();
      if (!costsMore) {
        rows.get(policy.name()).stream()
            .filter(row -> verdict(row, allowed).open())
            .forEach(row -> open.add(new OpenVerdict(policy, row.shape())));
      }
    }
    return open;
  }

  private static Verdict verdict(SummaryRow row, double allowed) {
    return Verdict.of(row.latePercent(), allowed);
  }
}

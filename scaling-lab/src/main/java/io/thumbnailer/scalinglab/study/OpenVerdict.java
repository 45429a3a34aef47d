package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A verdict that more runs could change, and on which the recommendation depends.
 *
 * @param policy a candidate that fails no load beyond chance and does not cost more than one that
 *     passes all
 * @param shape a load on which its confidence interval holds the limit
 */
public record OpenVerdict(Policy policy, String shape) {

  /**
   * Finds all open verdicts.
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
    Screening screening = new Screening(summary, objective);
    List<Policy> alive = policies.stream().filter(screening::mayPass).toList();
    PairedCosts costs = new PairedCosts(alive, outcomes);
    Optional<Policy> cheapest =
        alive.stream()
            .filter(screening::surelyPasses)
            .min(Comparator.comparingDouble(policy -> costs.mean(policy.name())));
    List<OpenVerdict> open = new ArrayList<>();
    for (Policy policy : alive) {
      boolean costsMore =
          cheapest.isPresent()
              && !costs.difference(policy.name(), cheapest.get().name(), alive.size() - 1).equal();
      if (!costsMore) {
        screening.open(policy).forEach(shape -> open.add(new OpenVerdict(policy, shape)));
      }
    }
    return open;
  }
}

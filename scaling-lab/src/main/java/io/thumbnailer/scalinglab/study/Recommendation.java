package io.thumbnailer.scalinglab.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The policies to ship: one, or a set between which the study sees no difference that counts.
 *
 * @param policies the simplest first
 * @param unattainable shapes on which no candidate keeps the objective; they do not decide
 * @param differences of all candidates that keep it on the others, from the cheapest
 * @param reason in some sentences, with the figures
 */
public record Recommendation(
    List<String> policies, List<String> unattainable, List<Difference> differences, String reason) {
  public Recommendation {
    policies = List.copyOf(policies);
    unattainable = List.copyOf(unattainable);
    differences = List.copyOf(differences);
  }

  /** The recommended one. */
  public String simplest() {
    return policies.get(0);
  }

  /**
   * Of the candidates that keep the objective on every shape on which any candidate does, the
   * cheapest and all that are equal to it: whose paired difference in pod-hours from it is not
   * significant, or below 1 %. The intervals are widened for the number of comparisons
   * (Bonferroni). Where none keeps it on all of them, those with the most passes take part.
   *
   * @param policies all that ran
   * @param passes the verdicts by policy and shape
   * @param outcomes all runs
   * @throws IllegalArgumentException when there is no candidate
   */
  public static Recommendation of(
      List<Policy> policies, Map<String, Map<String, Verdict>> passes, List<Outcome> outcomes) {
    List<Policy> candidates =
        policies.stream().filter(policy -> policy.kind().isCandidate()).toList();
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("there is no policy to choose");
    }
    List<String> shapes = outcomes.stream().map(Outcome::shape).distinct().toList();
    List<String> unattainable =
        shapes.stream()
            .filter(
                shape -> candidates.stream().noneMatch(p -> passes.get(p.name()).get(shape).pass()))
            .toList();
    long most =
        candidates.stream().mapToLong(policy -> count(passes.get(policy.name()))).max().orElse(0);
    List<Policy> keeping =
        candidates.stream().filter(policy -> count(passes.get(policy.name())) == most).toList();
    PairedCosts costs = new PairedCosts(keeping, outcomes);
    String cheapest =
        keeping.stream()
            .map(Policy::name)
            .min(Comparator.comparingDouble(costs::mean))
            .orElseThrow();
    List<Difference> differences = new ArrayList<>();
    for (Policy policy : keeping) {
      differences.add(costs.difference(policy.name(), cheapest, keeping.size() - 1));
    }
    List<String> equal =
        keeping.stream()
            .filter(p -> differences.get(keeping.indexOf(p)).equal())
            .sorted(
                Comparator.comparing(Policy::kind).thenComparingDouble(p -> costs.mean(p.name())))
            .map(Policy::name)
            .toList();
    differences.sort(Comparator.comparingDouble(Difference::podHours));
    return new Recommendation(
        equal,
        unattainable,
        differences,
        reason(candidates.size(), keeping.size(), shapes.size(), most, cheapest, costs, equal));
  }

  private static long count(Map<String, Verdict> verdicts) {
    return verdicts.values().stream().filter(Verdict::pass).count();
  }

  private static String reason(
      int candidates,
      int keeping,
      int shapes,
      long most,
      String cheapest,
      PairedCosts costs,
      List<String> equal) {
    String cost =
        String.format(Locale.ROOT, "%s at %.2f pod-hours per run", cheapest, costs.mean(cheapest));
    return String.format(
        Locale.ROOT,
        "%d of %d candidates meet the goal on %d of %d loads; none meets it on more. The cheapest"
            + " of them is %s. %s",
        keeping,
        candidates,
        most,
        shapes,
        cost,
        equal.size() == 1
            ? keeping == 1
                ? "It is the only one."
                : "All others cost significantly more, by at least 1 %."
            : "The costs of "
                + String.join(" and ", equal)
                + " differ by less than 1 %, or not significantly; the simplest of them is "
                + equal.get(0)
                + ".");
  }
}

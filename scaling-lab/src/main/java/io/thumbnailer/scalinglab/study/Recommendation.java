package io.thumbnailer.scalinglab.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;

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
  /** A difference in cost below this part of the cheapest one's does not count. */
  public static final double MARGIN = 0.03;

  private static final double CONFIDENCE = 0.95;

  /** Takes copies. */
  public Recommendation {
    policies = List.copyOf(policies);
    unattainable = List.copyOf(unattainable);
    differences = List.copyOf(differences);
  }

  /** The one to take. */
  public String simplest() {
    return policies.get(0);
  }

  /**
   * Of the candidates that keep the objective on every shape on which any candidate does, the
   * cheapest and all that are equal to it: whose paired difference in pod-hours from it is not
   * above {@link #MARGIN} with significance. The intervals are widened for the number of
   * comparisons (Bonferroni). Where none keeps it on all of them, those with the most passes take
   * part.
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
    Map<String, double[]> costs = costs(keeping, outcomes);
    String cheapest =
        keeping.stream()
            .map(Policy::name)
            .min(Comparator.comparingDouble(name -> mean(costs.get(name))))
            .orElseThrow();
    List<Difference> differences = new ArrayList<>();
    for (Policy policy : keeping) {
      differences.add(
          difference(
              policy.name(), costs.get(policy.name()), costs.get(cheapest), keeping.size() - 1));
    }
    List<String> equal =
        keeping.stream()
            .filter(p -> differences.get(keeping.indexOf(p)).equal())
            .sorted(
                Comparator.comparing(Policy::kind)
                    .thenComparingDouble(p -> mean(costs.get(p.name()))))
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

  /** For each policy the mean pod-hours over the shapes, seed by seed; NaN for none. */
  private static Map<String, double[]> costs(List<Policy> policies, List<Outcome> outcomes) {
    List<Long> seeds = outcomes.stream().map(Outcome::seed).distinct().sorted().toList();
    Map<String, double[]> costs = new LinkedHashMap<>();
    for (Policy policy : policies) {
      double[] sums = new double[seeds.size()];
      int[] runs = new int[seeds.size()];
      for (Outcome outcome : outcomes) {
        if (outcome.policy().equals(policy.name())) {
          int seed = seeds.indexOf(outcome.seed());
          sums[seed] += outcome.podHours();
          runs[seed]++;
        }
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] /= runs[i];
      }
      costs.put(policy.name(), sums);
    }
    return costs;
  }

  private static Difference difference(
      String name, double[] costs, double[] cheapest, int comparisons) {
    double[] pairs = new double[costs.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = costs[i] - cheapest[i];
    }
    pairs = numbers(pairs);
    double mean = mean(pairs);
    double half = 0;
    if (pairs.length > 1) {
      double squares = 0;
      for (double pair : pairs) {
        squares += (pair - mean) * (pair - mean);
      }
      double error = Math.sqrt(squares / (pairs.length - 1) / pairs.length);
      double tail = (1 - CONFIDENCE) / 2 / Math.max(1, comparisons);
      half =
          error
              * new TDistribution(null, pairs.length - 1.0).inverseCumulativeProbability(1 - tail);
    }
    boolean equal = mean - half <= MARGIN * mean(cheapest);
    return new Difference(name, mean, mean - half, mean + half, equal);
  }

  /** Without the seeds that only one of the two policies ran. */
  private static double[] numbers(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(numbers(values)).average().orElse(Double.NaN);
  }

  private static String reason(
      int candidates,
      int keeping,
      int shapes,
      long most,
      String cheapest,
      Map<String, double[]> costs,
      List<String> equal) {
    String cost =
        String.format(
            Locale.ROOT, "%s at %.2f pod-hours a run", cheapest, mean(costs.get(cheapest)));
    return String.format(
        Locale.ROOT,
        "%d of %d candidates keep the objective on %d of %d loads, the most that any does. The"
            + " cheapest of them is %s. %s",
        keeping,
        candidates,
        most,
        shapes,
        cost,
        equal.size() == 1
            ? keeping == 1
                ? "No other candidate does."
                : "Every other one costs more, by more than chance and more than 3 %."
            : "No difference above 3 % is significant between "
                + String.join(", ", equal)
                + "; the simplest of these is "
                + equal.get(0)
                + ".");
  }
}

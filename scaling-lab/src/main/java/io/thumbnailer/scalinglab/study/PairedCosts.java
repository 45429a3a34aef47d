package io.thumbnailer.scalinglab.study;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean pod-hours of policies over all shapes, seed by seed. Runs of the same seed have the same
 * jobs, so policies are compared by the differences within seeds.
 */
final class PairedCosts {
  /** A difference below this part of the other one's cost counts for nothing. */
  private static final double MARGIN = 0.01;

  private final Map<String, double[]> bySeed = new HashMap<>();

  /** Uses the seeds with which a policy ran on every existing shape. */
  PairedCosts(List<Policy> policies, List<Outcome> outcomes) {
    long[] seeds = outcomes.stream().mapToLong(Outcome::seed).distinct().sorted().toArray();
    long shapes = outcomes.stream().map(Outcome::shape).distinct().count();
    Map<String, double[]> sums = new HashMap<>();
    Map<String, int[]> runs = new HashMap<>();
    for (Outcome outcome : outcomes) {
      int seed = Arrays.binarySearch(seeds, outcome.seed());
      sums.computeIfAbsent(outcome.policy(), name -> new double[seeds.length])[seed] +=
          outcome.podHours();
      runs.computeIfAbsent(outcome.policy(), name -> new int[seeds.length])[seed]++;
    }
    for (Policy policy : policies) {
      double[] costs = sums.get(policy.name());
      for (int i = 0; i < costs.length; i++) {
        boolean complete = runs.get(policy.name())[i] == shapes;
        costs[i] = complete ? costs[i] / shapes : Double.NaN;
      }
      bySeed.put(policy.name(), costs);
    }
  }

  double mean(String policy) {
    return Estimate.of(bySeed.get(policy)).mean();
  }

  /**
   * Returns the extra cost of a policy over another one.
   *
   * @param comparisons that are made; the interval is widened for them
   */
  Difference difference(String policy, String other, int comparisons) {
    double[] pairs = bySeed.get(policy).clone();
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] -= bySeed.get(other)[i];
    }
    Estimate more = Estimate.ofSeveral(comparisons, pairs);
    boolean equal = more.lower() <= 0 || more.mean() < MARGIN * mean(other);
    return new Difference(policy, more.mean(), more.lower(), more.upper(), equal);
  }
}

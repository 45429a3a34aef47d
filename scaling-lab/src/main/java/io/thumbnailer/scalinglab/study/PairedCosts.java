package io.thumbnailer.scalinglab.study;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The mean pod-hours of policies over all shapes, seed by seed. Runs of the same seed have the same
 * jobs, so policies are compared by the differences within seeds.
 */
final class PairedCosts {
  private static final double CONFIDENCE = 0.95;

  /** A difference below this part of the other one's cost counts for nothing. */
  private static final double MARGIN = 0.01;

  private final Map<String, double[]> bySeed = new LinkedHashMap<>();

  /** From the seeds with which a policy ran on every shape that there is. */
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
    return average(numbers(bySeed.get(policy)));
  }

  /**
   * What a policy costs more than another one.
   *
   * @param comparisons that are made; the interval is widened for them (Bonferroni)
   */
  Difference difference(String policy, String other, int comparisons) {
    double[] costs = bySeed.get(policy);
    double[] pairs = new double[costs.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = costs[i] - bySeed.get(other)[i];
    }
    pairs = numbers(pairs);
    double mean = average(pairs);
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
    boolean equal = mean - half <= 0 || mean < MARGIN * mean(other);
    return new Difference(policy, mean, mean - half, mean + half, equal);
  }

  private static double[] numbers(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}

package io.thumbnailer.scalinglab.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.scaler.FixedScaler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecommendationTest {
  private static final int SEEDS = 10;

  private final List<Policy> policies = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  @Test
  void aPolicyThatFailsOneShapeIsNotSavedByItsMean() {
    add("cheap-and-late", Policy.Kind.QUEUE, 10, 0.5, 6);
    add("kept", Policy.Kind.BOTH, 12, 2, 4);
    Recommendation recommendation = recommend();
    // Its mean over the two shapes is 3.25 %, below the 5 % that are allowed.
    assertThat(recommendation.policies()).containsExactly("kept");
    assertThat(recommendation.unattainable()).isEmpty();
  }

  @Test
  void insignificantDifferencesMakePoliciesEqualSimplestFirst() {
    add("formula", Policy.Kind.FORMULA, 10, 1, 1);
    add("queue", Policy.Kind.QUEUE, 10.0005, 1, 1);
    add("dear", Policy.Kind.CPU, 13, 1, 1);
    Recommendation recommendation = recommend();
    assertThat(recommendation.policies()).containsExactly("queue", "formula");
    assertThat(recommendation.differences())
        .extracting(Difference::policy)
        .containsExactly("formula", "queue", "dear");
    assertThat(recommendation.differences().get(2).equal()).isFalse();
    assertThat(recommendation.differences().get(2).low()).isGreaterThan(2.9);
  }

  @Test
  void aSignificantDifferenceOfOnePercentDecides() {
    add("formula", Policy.Kind.FORMULA, 10, 1, 1);
    add("queue", Policy.Kind.QUEUE, 10.12, 1, 1);
    assertThat(recommend().policies()).containsExactly("formula");
  }

  @Test
  void aSignificantDifferenceBelowOnePercentIsIgnored() {
    add("formula", Policy.Kind.FORMULA, 10, 1, 1);
    add("queue", Policy.Kind.QUEUE, 10.05, 1, 1);
    Recommendation recommendation = recommend();
    assertThat(recommendation.differences().get(1).low()).isPositive();
    assertThat(recommendation.policies()).containsExactly("queue", "formula");
  }

  @Test
  void seedsThatRanOnlyTheDecidingLoadDoNotChangeTheCost() {
    add("formula", Policy.Kind.FORMULA, 10, 1, 1);
    add("queue", Policy.Kind.QUEUE, 12, 1, 1);
    for (int seed = SEEDS; seed < 5 * SEEDS; seed++) {
      outcomes.add(outcome("formula", "second", seed, 1, 90));
    }
    assertThat(recommend().policies()).containsExactly("formula");
    assertThat(Study.summarize(policies, outcomes))
        .filteredOn(row -> row.shape().equals(SummaryRow.ALL))
        .allSatisfy(row -> assertThat(row.podHours().mean()).isBetween(10.0, 14.0));
  }

  @Test
  void aShapeThatNoneKeepsDoesNotDecide() {
    add("one", Policy.Kind.QUEUE, 10, 1, 30);
    add("two", Policy.Kind.QUEUE, 12, 1, 20);
    Recommendation recommendation = recommend();
    assertThat(recommendation.policies()).containsExactly("one");
    assertThat(recommendation.unattainable()).containsExactly("second");
  }

  @Test
  void aReferencePolicyIsNeverRecommended() {
    add("oracle", Policy.Kind.ORACLE, 1, 0, 0);
    add("queue", Policy.Kind.QUEUE, 10, 1, 1);
    assertThat(recommend().policies()).containsExactly("queue");
  }

  private Recommendation recommend() {
    return Recommendation.of(
        policies, Study.passes(Study.summarize(policies, outcomes), Objective.DEFAULT), outcomes);
  }

  /** The seeds differ by as much as 20 %, in the same way for all policies. */
  private void add(String name, Policy.Kind kind, double cost, double first, double second) {
    policies.add(new Policy(name, name, kind, run -> new FixedScaler(1)));
    for (int seed = 0; seed < SEEDS; seed++) {
      double chance = 0.02 * seed * cost + 0.001 * ((seed * 7 + name.length()) % 5);
      outcomes.add(outcome(name, "first", seed, first, cost + chance));
      outcomes.add(outcome(name, "second", seed, second, cost + chance));
    }
  }

  private static Outcome outcome(
      String policy, String shape, long seed, double late, double podHours) {
    return new Outcome(
        policy, shape, seed, 100, late, 0, 0, 0, podHours, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}

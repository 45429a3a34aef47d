package io.thumbnailer.scalinglab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.scaler.FixedScaler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenVerdictTest {
  private static final int SEEDS = 10;

  private final List<Policy> policies = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  @Test
  void theLoadOnWhichACheaperPolicyIsOpenNeedsRuns() {
    add("sure", Policy.Kind.QUEUE, 12, 1, 1);
    add("open", Policy.Kind.QUEUE, 10, 1, 4.9);
    assertThat(open())
        .extracting(verdict -> verdict.policy().name(), OpenVerdict::shape)
        .containsExactly(tuple("open", "second"));
  }

  @Test
  void aPolicyThatCostsMoreThanOneThatPassesNeedsNone() {
    add("sure", Policy.Kind.QUEUE, 10, 1, 1);
    add("open", Policy.Kind.QUEUE, 12, 1, 4.9);
    assertThat(open()).isEmpty();
  }

  @Test
  void aPolicyThatFailsAnotherLoadNeedsNone() {
    add("sure", Policy.Kind.QUEUE, 12, 1, 1);
    add("late", Policy.Kind.QUEUE, 10, 20, 4.9);
    assertThat(open()).isEmpty();
  }

  @Test
  void whereNonePassesYetAllThatMayDoSoNeedRuns() {
    add("one", Policy.Kind.QUEUE, 10, 1, 4.9);
    add("two", Policy.Kind.QUEUE, 20, 5.1, 1);
    add("oracle", Policy.Kind.ORACLE, 5, 4.9, 4.9);
    assertThat(open())
        .extracting(verdict -> verdict.policy().name(), OpenVerdict::shape)
        .containsExactly(tuple("one", "second"), tuple("two", "first"));
  }

  private List<OpenVerdict> open() {
    return OpenVerdict.of(
        policies, Study.summarize(policies, outcomes), outcomes, Objective.DEFAULT);
  }

  /** Late shares differ by 0.9 points between seeds, so that 4.9 and 5.1 % are open. */
  private void add(String name, Policy.Kind kind, double cost, double first, double second) {
    policies.add(new Policy(name, name, kind, run -> new FixedScaler(1)));
    for (int seed = 0; seed < SEEDS; seed++) {
      double chance = 0.1 * (seed - 4.5);
      outcomes.add(outcome(name, "first", seed, first + chance, cost));
      outcomes.add(outcome(name, "second", seed, second + chance, cost));
    }
  }

  private static Outcome outcome(
      String policy, String shape, long seed, double late, double podHours) {
    return new Outcome(
        policy, shape, seed, 100, late, 0, 0, 0, podHours, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}

package io.thumbnailer.scalinglab.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.scaler.FixedScaler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortlistTest {
  private static final int SEEDS = 5;

  private final List<Policy> policies = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  @Test
  void aPolicyThatMayFailByChanceRunsAgain() {
    add("passes", 10, 1, 0.1);
    add("perhaps", 9, 5.5, 2);
    add("fails", 8, 9, 0.5);
    assertThat(shortlist()).containsExactly("passes", "perhaps");
  }

  @Test
  void aPolicyThatCannotBeAmongTheCheapestDoesNotRunAgain() {
    add("passes", 10, 1, 0.1);
    add("nearly-as-cheap", 11, 1, 0.1);
    add("dear", 12, 1, 0.1);
    assertThat(shortlist()).containsExactly("passes", "nearly-as-cheap");
  }

  @Test
  void aShapeThatAllFailExcludesNobody() {
    add("one", 10, 30, 0.1);
    add("two", 9, 40, 0.1);
    assertThat(shortlist()).containsExactly("one", "two");
  }

  private List<String> shortlist() {
    return Shortlist.of(policies, Study.summarize(policies, outcomes), Objective.DEFAULT).stream()
        .map(Policy::name)
        .toList();
  }

  private void add(String name, double cost, double late, double spread) {
    policies.add(new Policy(name, name, Policy.Kind.QUEUE, run -> new FixedScaler(1)));
    for (int seed = 0; seed < SEEDS; seed++) {
      double share = late + spread * (seed - SEEDS / 2);
      outcomes.add(
          new Outcome(
              name, "shape", seed, 100, share, 0, 0, 0, cost, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }
  }
}

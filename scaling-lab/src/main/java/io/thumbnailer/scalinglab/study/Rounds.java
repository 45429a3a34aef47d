package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.load.LoadShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a study in rounds that double, so that a clear policy gets few runs and a borderline one
 * many: first all policies on all loads, then those that are open, and last single policies on
 * single loads on which the recommendation depends.
 */
public final class Rounds {
  private final StudyPlan plan;
  private final int finalSeeds;
  private final int decidingSeeds;
  private final int threads;

  /**
   * Creates rounds that have not begun.
   *
   * @param plan of the first round
   * @param finalSeeds at most so many further runs of each policy on each load
   * @param decidingSeeds at most so many runs of a policy on a load on which the choice depends
   * @param threads at least 1
   */
  public Rounds(StudyPlan plan, int finalSeeds, int decidingSeeds, int threads) {
    this.plan = plan;
    this.finalSeeds = finalSeeds;
    this.decidingSeeds = decidingSeeds;
    this.threads = threads;
  }

  /**
   * Runs all rounds.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public Study.Runs run(List<Policy> policies, Progress progress) throws InterruptedException {
    Study.Runs first = new Study(plan, threads).run(policies, progress);
    List<Outcome> outcomes = new ArrayList<>(first.outcomes());
    narrow(policies, outcomes, progress);
    decide(policies, outcomes, progress);
    return new Study.Runs(outcomes, first.timelines());
  }

  private void narrow(List<Policy> policies, List<Outcome> outcomes, Progress progress)
      throws InterruptedException {
    List<Policy> open = policies;
    int left = finalSeeds;
    StudyPlan round = plan;
    while (left > 0) {
      open = Shortlist.of(open, Study.summarize(open, outcomes), plan.settings().objective());
      if (open.isEmpty()) {
        return;
      }
      int ran = Math.toIntExact(round.firstSeed() - plan.firstSeed()) + round.seeds();
      round = round.withNextSeeds(Math.min(left, ran));
      outcomes.addAll(new Study(round, threads).run(open, progress).outcomes());
      left -= round.seeds();
    }
  }

  private void decide(List<Policy> policies, List<Outcome> outcomes, Progress progress)
      throws InterruptedException {
    boolean ran;
    do {
      ran = false;
      List<SummaryRow> summary = Study.summarize(policies, outcomes);
      for (OpenVerdict open :
          OpenVerdict.of(policies, summary, outcomes, plan.settings().objective())) {
        int before = runs(outcomes, open);
        int more = Math.min(before, decidingSeeds - before);
        if (more > 0) {
          StudyPlan next = plan.withShapes(shape(open)).withSeeds(before).withNextSeeds(more);
          outcomes.addAll(
              new Study(next, threads).run(List.of(open.policy()), progress).outcomes());
          ran = true;
        }
      }
    } while (ran);
  }

  private static int runs(List<Outcome> outcomes, OpenVerdict open) {
    return Math.toIntExact(
        outcomes.stream()
            .filter(o -> o.policy().equals(open.policy().name()) && o.shape().equals(open.shape()))
            .count());
  }

  private List<LoadShape> shape(OpenVerdict open) {
    return plan.shapes().stream().filter(shape -> shape.name().equals(open.shape())).toList();
  }
}

package io.thumbnailer.scalinglab.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The effect on some policies of changing one assumption of the study at a time. */
public final class Sensitivity {
  private final StudyPlan plan;
  private final int threads;

  /**
   * Creates the analysis of a study.
   *
   * @param plan as the study has it, perhaps with fewer seeds
   * @param threads at least 1
   */
  public Sensitivity(StudyPlan plan, int threads) {
    this.plan = plan;
    this.threads = threads;
  }

  /**
   * A policy with one factor changed.
   *
   * @param factor its name
   * @param level the changed value, in words; empty for the study's own
   * @param policy its name
   * @param worstLatePercent on the shape where most jobs are late
   * @param worstShape that shape
   * @param failedShapes on how many shapes the mean share of late jobs exceeds the objective's
   * @param podHours mean over the shapes, for the time that a run of the study takes
   */
  public record Row(
      String factor,
      String level,
      String policy,
      double worstLatePercent,
      String worstShape,
      int failedShapes,
      double podHours) {}

  /**
   * Runs the policies as assumed, and with each factor low and high.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public List<Row> run(List<Policy> policies, List<Factor> factors) throws InterruptedException {
    List<Row> rows = new ArrayList<>(rows("", "", plan, policies));
    for (Factor factor : factors) {
      rows.addAll(rows(factor.name(), factor.low(), factor.toLow().apply(plan), policies));
      rows.addAll(rows(factor.name(), factor.high(), factor.toHigh().apply(plan), policies));
    }
    return rows;
  }

  private List<Row> rows(String factor, String level, StudyPlan changed, List<Policy> policies)
      throws InterruptedException {
    List<Outcome> outcomes = new Study(changed, threads).run(policies, Progress.SILENT).outcomes();
    double allowed = 100 * (1 - plan.settings().objective().share());
    List<Row> rows = new ArrayList<>();
    for (Policy policy : policies) {
      List<Outcome> own = outcomes.stream().filter(o -> o.policy().equals(policy.name())).toList();
      Map<String, Double> late =
          own.stream()
              .collect(
                  java.util.stream.Collectors.groupingBy(
                      Outcome::shape,
                      java.util.stream.Collectors.averagingDouble(Outcome::latePercent)));
      Map.Entry<String, Double> worst =
          late.entrySet().stream()
              .max(
                  Map.Entry.<String, Double>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
              .orElseThrow();
      rows.add(
          new Row(
              factor,
              level,
              policy.name(),
              worst.getValue(),
              worst.getKey(),
              (int) late.values().stream().filter(share -> share > allowed).count(),
              own.stream().mapToDouble(Outcome::podHours).average().orElse(0)
                  * plan.seconds()
                  / changed.seconds()));
    }
    return rows;
  }
}

package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.simulation.ControlPlane;
import io.thumbnailer.scalinglab.simulation.MetricPipeline;
import io.thumbnailer.scalinglab.simulation.NodeModel;
import io.thumbnailer.scalinglab.simulation.WorkerModel;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.Recommendation;
import io.thumbnailer.scalinglab.study.Sensitivity;
import io.thumbnailer.scalinglab.study.SummaryRow;
import io.thumbnailer.scalinglab.study.Timeline;
import io.thumbnailer.scalinglab.study.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A study as it is stored ({@code study.json}): all that the report needs.
 *
 * @param setup what was the same for all policies
 * @param policies in the order of the report
 * @param shapes of load
 * @param bestStatic the fixed number of workers for each shape
 * @param summary the figures
 * @param timelines of one seed, of some policies
 * @param shipped the queue policy that the manifests hold
 * @param recommended the policies to ship, the simplest first
 * @param passes for each policy and shape the share of late jobs and whether that passes
 * @param recommendation why
 * @param sensitivity the figures with one assumption changed at a time
 * @param effort what the study took
 */
public record StudyRecord(
    List<String> recommended,
    Map<String, Map<String, Verdict>> passes,
    Setup setup,
    List<Description> policies,
    List<Description> shapes,
    Map<String, Integer> bestStatic,
    List<SummaryRow> summary,
    List<Timeline> timelines,
    String shipped,
    Recommendation recommendation,
    List<Sensitivity.Row> sensitivity,
    Effort effort) {

  public StudyRecord {
    recommended = List.copyOf(recommended);
    sensitivity = List.copyOf(sensitivity);
    policies = List.copyOf(policies);
    shapes = List.copyOf(shapes);
    bestStatic = Map.copyOf(bestStatic);
    summary = List.copyOf(summary);
    timelines = List.copyOf(timelines);
  }

  /**
   * What was the same for all policies.
   *
   * @param meanServiceSeconds of a job on a warm worker
   * @param serviceSource where the service times come from
   * @param seeds runs of each policy on each shape
   * @param finalSeeds at most so many further runs of each policy that these left open
   * @param decidingSeeds at most so many runs of a policy on a load on which the choice depends
   */
  public record Setup(
      WorkerModel worker,
      MetricPipeline pipeline,
      NodeModel nodes,
      ControlPlane controlPlane,
      Objective objective,
      double meanServiceSeconds,
      String serviceSource,
      double podHourPrice,
      double runSeconds,
      int seeds,
      int finalSeeds,
      int decidingSeeds,
      long firstSeed,
      int maxReplicas) {}

  /** A policy or a shape; {@code kind} is null for a shape. */
  public record Description(String name, String text, Policy.Kind kind) {}

  /** The effort of the study and its machine. */
  public record Effort(
      int runs, long jobs, double podHours, double wallSeconds, int threads, String machine) {}

  /** Late jobs that the objective allows, per cent. */
  public double allowedPercent() {
    return 100 * (1 - setup.objective().share());
  }

  /** The row of a policy on the shape where most of its jobs are late, of those that decide. */
  public SummaryRow worst(String policy) {
    return summary.stream()
        .filter(row -> row.policy().equals(policy) && !row.shape().equals(SummaryRow.ALL))
        .filter(row -> !recommendation.unattainable().contains(row.shape()))
        .max(Comparator.comparingDouble(row -> row.latePercent().mean()))
        .orElseGet(() -> row(policy, SummaryRow.ALL));
  }

  /** Whether a policy keeps the objective on every shape that decides. */
  public boolean keeps(String policy) {
    return passes.get(policy).entrySet().stream()
        .allMatch(
            entry ->
                entry.getValue().pass() || recommendation.unattainable().contains(entry.getKey()));
  }

  /** The figures of a policy on a shape; null if there are none. */
  public SummaryRow row(String policy, String shape) {
    return summary.stream()
        .filter(row -> row.policy().equals(policy) && row.shape().equals(shape))
        .findFirst()
        .orElse(null);
  }
}

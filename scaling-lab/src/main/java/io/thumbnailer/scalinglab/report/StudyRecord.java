package io.thumbnailer.scalinglab.report;

import io.thumbnailer.scalinglab.elasticity.Objective;
import io.thumbnailer.scalinglab.simulation.MetricPipeline;
import io.thumbnailer.scalinglab.simulation.WorkerModel;
import io.thumbnailer.scalinglab.study.Policy;
import io.thumbnailer.scalinglab.study.Recommendation;
import io.thumbnailer.scalinglab.study.SummaryRow;
import io.thumbnailer.scalinglab.study.Timeline;
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
 * @param recommendation the queue policy to ship
 * @param effort what the study took
 */
public record StudyRecord(
    Setup setup,
    List<Description> policies,
    List<Description> shapes,
    Map<String, Integer> bestStatic,
    List<SummaryRow> summary,
    List<Timeline> timelines,
    String shipped,
    Recommendation recommendation,
    Effort effort) {

  /** Takes copies. */
  public StudyRecord {
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
   */
  public record Setup(
      WorkerModel worker,
      MetricPipeline pipeline,
      Objective objective,
      double meanServiceSeconds,
      String serviceSource,
      double podHourPrice,
      double runSeconds,
      int seeds,
      int maxReplicas) {}

  /** A policy or a shape; {@code kind} is null for a shape. */
  public record Description(String name, String text, Policy.Kind kind) {}

  /** What the study took, and on what. */
  public record Effort(
      int runs, long jobs, double podHours, double wallSeconds, int threads, String machine) {}

  /** The figures of a policy on a shape; null if there are none. */
  public SummaryRow row(String policy, String shape) {
    return summary.stream()
        .filter(row -> row.policy().equals(policy) && row.shape().equals(shape))
        .findFirst()
        .orElse(null);
  }
}

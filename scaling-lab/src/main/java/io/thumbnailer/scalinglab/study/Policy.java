package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.scaler.Scaler;
import java.util.random.RandomGenerator;

/**
 * A scaling policy under comparison.
 *
 * @param name short, unique in a study
 * @param description one sentence
 * @param kind its family
 * @param scalers creates a scaler for a run
 */
public record Policy(String name, String description, Kind kind, Scalers scalers) {
  /** The family of a policy, ordered by what has to be installed and understood, simplest first. */
  public enum Kind {
    /** An HPA on the pods' CPU: needs the metrics-server. */
    CPU("HPA on CPU"),
    /** An HPA on the backlog: needs Prometheus and its adapter. */
    QUEUE("HPA on the backlog"),
    /** An HPA on the backlog whose target follows from the objective. */
    LATENCY("HPA on the backlog, target derived from the objective"),
    /** An HPA on the backlog and on CPU: needs all three. */
    BOTH("HPA on the backlog and CPU"),
    /** An HPA on the arrival rate and the backlog in one expression. */
    FORMULA("HPA on the formula"),
    /** An HPA on the number of workers that square-root staffing asks for. */
    STAFFING("HPA on square-root staffing"),
    /** An HPA on the oldest job's age and on the arrival rate. */
    AGE("HPA on age and rate"),
    /** An HPA on three metrics. */
    MAX("HPA on formula, CPU and age"),
    /** Steps by the backlog of a worker, as AWS step scaling: not a part of Kubernetes. */
    STEP("step scaling"),
    /** By the demand of another day: needs a load that repeats. */
    SCHEDULED("schedule"),
    /** By a forecast of the rate: needs a forecaster. */
    PREDICTIVE("forecast"),
    /** KEDA, down to no worker. */
    KEDA("KEDA"),
    /** From a plug-in. */
    PLUGIN("plug-in"),
    /** No autoscaler: the best fixed number for exactly this load. */
    STATIC("fixed number"),
    /** Knows the future. */
    ORACLE("oracle");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name for readers. */
    public String label() {
      return label;
    }

    /** Whether it is a reference policy: it knows what no autoscaler can know. */
    public boolean isYardstick() {
      return this == STATIC || this == ORACLE;
    }

    /** Whether a HorizontalPodAutoscaler of the shipped manifests could implement it. */
    public boolean isCandidate() {
      return compareTo(MAX) <= 0;
    }
  }

  /**
   * The input of a policy for one run.
   *
   * @param demand of the run, which only a reference policy may use
   * @param history the demand of another run of the same load, which a schedule may know
   * @param shape of the load
   * @param random for what is chance, such as the phases of control loops; the same for each policy
   */
  public record Run(
      StepFunction demand, StepFunction history, String shape, RandomGenerator random) {}

  /** Creates a scaler for one run. */
  @FunctionalInterface
  public interface Scalers {
    /** Creates a scaler. */
    Scaler create(Run run);
  }
}

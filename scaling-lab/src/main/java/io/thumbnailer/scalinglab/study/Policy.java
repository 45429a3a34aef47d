package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.elasticity.StepFunction;
import io.thumbnailer.scalinglab.scaler.Scaler;
import java.util.random.RandomGenerator;

/**
 * A way of scaling that is compared.
 *
 * @param name short, unique in a study
 * @param description one sentence
 * @param kind its family
 * @param scalers makes a scaler for a run
 */
public record Policy(String name, String description, Kind kind, Scalers scalers) {
  /** The family of a policy. */
  public enum Kind {
    /** An HPA on the pods' CPU. */
    CPU,
    /** An HPA on the backlog: one of these is shipped. */
    QUEUE,
    /** An HPA on the backlog and on CPU, of which the greater wins: could be shipped as well. */
    BOTH,
    /** An HPA on the age of the oldest job. */
    AGE,
    /** KEDA on the backlog. */
    KEDA,
    /** No autoscaler: the best fixed number for the very load. */
    STATIC,
    /** Knows the future. */
    ORACLE;

    /** Whether it is there to compare with: it knows what no autoscaler knows. */
    public boolean isYardstick() {
      return this == STATIC || this == ORACLE;
    }

    /** Whether {@code hpa-queue} could hold it. */
    public boolean isCandidate() {
      return this == QUEUE || this == BOTH;
    }
  }

  /** Makes a scaler for one run. */
  @FunctionalInterface
  public interface Scalers {
    /**
     * A new scaler.
     *
     * @param demand of the run, which only a yardstick may look at
     * @param shape of the load, likewise
     * @param random for what is chance, such as the phases of control loops
     */
    Scaler create(StepFunction demand, String shape, RandomGenerator random);
  }
}

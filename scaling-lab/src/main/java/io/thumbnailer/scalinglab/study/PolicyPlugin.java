package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.scaler.Scaler;

/**
 * A policy from outside the lab. A jar names the class in {@code
 * META-INF/services/io.thumbnailer.scalinglab.study.PolicyPlugin}; {@code study --plugins JAR} puts
 * it into every table. The class needs a public constructor without parameters.
 */
public interface PolicyPlugin {
  /** Short and unique in a study. */
  String name();

  /** One sentence. */
  String description();

  /**
   * A new scaler for one run; it may be called by several threads at once.
   *
   * @param worker what is known of a worker
   * @param run what is known of the run
   */
  Scaler create(Worker worker, Policy.Run run);

  /**
   * A worker as a policy may know it.
   *
   * @param rate jobs a second
   * @param leadSeconds from a decision to its first job at worst, with room on a node
   * @param minReplicas at least so many workers
   * @param maxReplicas at most so many
   */
  record Worker(double rate, double leadSeconds, int minReplicas, int maxReplicas) {}
}

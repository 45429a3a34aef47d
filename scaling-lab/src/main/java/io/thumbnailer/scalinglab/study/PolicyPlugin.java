package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.hpa.HpaSpec;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.scaler.Scaler;
import io.thumbnailer.scalinglab.simulation.WorkerModel;

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
   * Creates a scaler for one run; several threads may call this at once.
   *
   * @param worker the known properties of a worker
   * @param run the known properties of the run
   */
  Scaler create(Worker worker, Policy.Run run);

  /**
   * The properties of a worker that a policy may know.
   *
   * @param rate jobs per second
   * @param leadSeconds from a decision to its first job at worst, with room on a node
   * @param minReplicas at least so many workers
   * @param maxReplicas at most so many
   */
  record Worker(double rate, double leadSeconds, int minReplicas, int maxReplicas) {
    /** A worker of the simulation, within the replicas of an autoscaler. */
    public static Worker of(WorkerModel model, ServiceTimes service, HpaSpec autoscaler) {
      return new Worker(
          model.fullSpeedSlots() / service.mean(),
          model.start().leadSeconds(),
          autoscaler.minReplicas(),
          autoscaler.maxReplicas());
    }
  }
}

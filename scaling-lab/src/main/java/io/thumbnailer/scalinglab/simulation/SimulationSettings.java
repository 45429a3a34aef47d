package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.elasticity.Objective;

/**
 * All that is the same for every policy of a comparison.
 *
 * @param worker how a worker behaves
 * @param nodes the room for workers
 * @param pipeline how late a scaler sees things
 * @param objective that jobs are judged by
 * @param initialReplicas warm workers at the start
 * @param drainSeconds the run goes on at most so long after the last arrival
 * @param keepTimeline whether the result has samples and each job's wait
 * @param sampleSeconds between two samples
 */
public record SimulationSettings(
    WorkerModel worker,
    NodeModel nodes,
    MetricPipeline pipeline,
    Objective objective,
    int initialReplicas,
    double drainSeconds,
    boolean keepTimeline,
    double sampleSeconds) {

  /** The same with other workers at the start. */
  public SimulationSettings withInitialReplicas(int replicas) {
    return new SimulationSettings(
        worker, nodes, pipeline, objective, replicas, drainSeconds, keepTimeline, sampleSeconds);
  }

  /** The same, with or without a timeline. */
  public SimulationSettings withTimeline(boolean keep) {
    return new SimulationSettings(
        worker, nodes, pipeline, objective, initialReplicas, drainSeconds, keep, sampleSeconds);
  }

  /** The same with another worker. */
  public SimulationSettings withWorker(WorkerModel other) {
    return new SimulationSettings(
        other,
        nodes,
        pipeline,
        objective,
        initialReplicas,
        drainSeconds,
        keepTimeline,
        sampleSeconds);
  }
}

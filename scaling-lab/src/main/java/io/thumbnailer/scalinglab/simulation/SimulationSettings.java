package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.elasticity.Objective;

/**
 * All that is the same for every policy of a comparison.
 *
 * @param worker how a worker behaves
 * @param nodes the room for workers
 * @param pipeline how late a scaler sees things
 * @param objective that jobs are judged by
 * @param initialReplicas workers at the start
 * @param initialJobs that each of them has done before; {@link #WARM} for warm ones
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
    int initialJobs,
    double drainSeconds,
    boolean keepTimeline,
    double sampleSeconds) {

  /** More jobs than any warm-up lasts. */
  public static final int WARM = 1_000_000;

  /** The same with other workers at the start. */
  public SimulationSettings withInitialReplicas(int replicas) {
    return new SimulationSettings(
        worker,
        nodes,
        pipeline,
        objective,
        replicas,
        initialJobs,
        drainSeconds,
        keepTimeline,
        sampleSeconds);
  }

  /** The same, with or without a timeline. */
  public SimulationSettings withTimeline(boolean keep) {
    return new SimulationSettings(
        worker,
        nodes,
        pipeline,
        objective,
        initialReplicas,
        initialJobs,
        drainSeconds,
        keep,
        sampleSeconds);
  }

  /** The same with another worker. */
  public SimulationSettings withWorker(WorkerModel other) {
    return new SimulationSettings(
        other,
        nodes,
        pipeline,
        objective,
        initialReplicas,
        initialJobs,
        drainSeconds,
        keepTimeline,
        sampleSeconds);
  }
}

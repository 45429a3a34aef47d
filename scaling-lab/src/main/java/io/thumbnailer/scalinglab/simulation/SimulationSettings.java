package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.elasticity.Objective;

/**
 * The settings that are the same for every policy of a comparison.
 *
 * @param worker how a worker behaves
 * @param nodes the capacity for workers
 * @param pipeline the delays of a scaler's metrics
 * @param controlPlane the delays between a decision and its pods
 * @param outages the failures
 * @param objective that jobs are judged by
 * @param initialReplicas workers at the start
 * @param initialJobs that each of them has done before; {@link #WARM} for warm ones
 * @param drainSeconds how long the run continues after the last arrival at most
 * @param keepTimeline whether the result has samples and each job's wait
 * @param sampleSeconds between two samples
 */
public record SimulationSettings(
    WorkerModel worker,
    NodeModel nodes,
    MetricPipeline pipeline,
    ControlPlane controlPlane,
    Outages outages,
    Objective objective,
    int initialReplicas,
    int initialJobs,
    double drainSeconds,
    boolean keepTimeline,
    double sampleSeconds) {

  /** More jobs than any warm-up lasts. */
  public static final int WARM = 1_000_000;

  /** Returns a copy with other workers at the start. */
  public SimulationSettings withInitialReplicas(int other) {
    return new SimulationSettings(
        worker,
        nodes,
        pipeline,
        controlPlane,
        outages,
        objective,
        other,
        initialJobs,
        drainSeconds,
        keepTimeline,
        sampleSeconds);
  }

  /** Returns a copy with or without a timeline. */
  public SimulationSettings withTimeline(boolean other) {
    return new SimulationSettings(
        worker,
        nodes,
        pipeline,
        controlPlane,
        outages,
        objective,
        initialReplicas,
        initialJobs,
        drainSeconds,
        other,
        sampleSeconds);
  }

  /** Returns a copy with another worker. */
  public SimulationSettings withWorker(WorkerModel other) {
    return new SimulationSettings(
        other,
        nodes,
        pipeline,
        controlPlane,
        outages,
        objective,
        initialReplicas,
        initialJobs,
        drainSeconds,
        keepTimeline,
        sampleSeconds);
  }

  /** Returns a copy with other nodes. */
  public SimulationSettings withNodes(NodeModel other) {
    return new SimulationSettings(
        worker,
        other,
        pipeline,
        controlPlane,
        outages,
        objective,
        initialReplicas,
        initialJobs,
        drainSeconds,
        keepTimeline,
        sampleSeconds);
  }

  /** Returns a copy with other delays of the metrics. */
  public SimulationSettings withPipeline(MetricPipeline other) {
    return new SimulationSettings(
        worker,
        nodes,
        other,
        controlPlane,
        outages,
        objective,
        initialReplicas,
        initialJobs,
        drainSeconds,
        keepTimeline,
        sampleSeconds);
  }

  /** Returns a copy with other controllers. */
  public SimulationSettings withControlPlane(ControlPlane other) {
    return new SimulationSettings(
        worker,
        nodes,
        pipeline,
        other,
        outages,
        objective,
        initialReplicas,
        initialJobs,
        drainSeconds,
        keepTimeline,
        sampleSeconds);
  }

  /** Returns a copy with other failures. */
  public SimulationSettings withOutages(Outages other) {
    return new SimulationSettings(
        worker,
        nodes,
        pipeline,
        controlPlane,
        other,
        objective,
        initialReplicas,
        initialJobs,
        drainSeconds,
        keepTimeline,
        sampleSeconds);
  }
}

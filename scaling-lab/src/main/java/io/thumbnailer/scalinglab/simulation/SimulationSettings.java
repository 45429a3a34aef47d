package io.thumbnailer.scalinglab.simulation;

import io.thumbnailer.scalinglab.elasticity.Objective;

/**
 * The settings that are the same for every policy of a comparison.
 *
 * @param worker how a worker behaves
 * @param nodes the room for workers
 * @param pipeline how late a scaler sees things
 * @param controlPlane how late pods follow a decision
 * @param outages what fails
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

  /** The same with other workers at the start. */
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

  /** The same, with or without a timeline. */
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

  /** The same with another worker. */
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

  /** The same with other nodes. */
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

  /** The same with other delays of the metrics. */
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

  /** The same with other controllers. */
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

  /** The same with other failures. */
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

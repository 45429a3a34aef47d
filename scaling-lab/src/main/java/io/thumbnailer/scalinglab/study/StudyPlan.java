package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.ServiceTimes;
import io.thumbnailer.scalinglab.simulation.SimulationSettings;
import java.util.List;

/**
 * The plan of a study.
 *
 * @param shapes of load, at least one
 * @param seconds the length of a run
 * @param service the service times of a warm worker
 * @param settings of the simulation, the same for all
 * @param seeds runs of each policy on each shape, at least 1
 * @param firstSeed the seeds are this one and the following
 * @param podHourPrice the cost of one worker for an hour
 * @param maxReplicas at most so many workers
 */
public record StudyPlan(
    List<LoadShape> shapes,
    double seconds,
    ServiceTimes service,
    SimulationSettings settings,
    int seeds,
    long firstSeed,
    double podHourPrice,
    int maxReplicas) {

  /** Throws {@link IllegalArgumentException} if there is nothing to run. */
  public StudyPlan {
    shapes = List.copyOf(shapes);
    if (shapes.isEmpty() || seeds < 1) {
      throw new IllegalArgumentException("a study needs a load and at least one seed");
    }
  }

  /** Returns a copy with other settings of the simulation. */
  public StudyPlan withSettings(SimulationSettings other) {
    return new StudyPlan(
        shapes, seconds, service, other, seeds, firstSeed, podHourPrice, maxReplicas);
  }

  /** Returns a copy with other jobs. */
  public StudyPlan withService(ServiceTimes other) {
    return new StudyPlan(
        shapes, seconds, other, settings, seeds, firstSeed, podHourPrice, maxReplicas);
  }

  /** Returns a copy with some of its loads only. */
  public StudyPlan withShapes(List<LoadShape> some) {
    return withLoads(some, seconds);
  }

  /** Returns a copy with loads of another length. */
  StudyPlan withLoads(List<LoadShape> others, double length) {
    return new StudyPlan(
        others, length, service, settings, seeds, firstSeed, podHourPrice, maxReplicas);
  }

  /** Returns a copy with the given number of seeds, from the same first one on. */
  public StudyPlan withSeeds(int count) {
    return new StudyPlan(
        shapes, seconds, service, settings, count, firstSeed, podHourPrice, maxReplicas);
  }

  /** Returns a copy with the given number of seeds, which follow this plan's. */
  public StudyPlan withNextSeeds(int count) {
    return new StudyPlan(
        shapes, seconds, service, settings, count, firstSeed + seeds, podHourPrice, maxReplicas);
  }
}

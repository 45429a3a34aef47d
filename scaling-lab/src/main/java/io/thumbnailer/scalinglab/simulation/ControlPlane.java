package io.thumbnailer.scalinglab.simulation;

import java.util.random.RandomGenerator;

/**
 * The controllers between a change of {@code spec.replicas} and its pods.
 *
 * @param leastSeconds from the change until the pods are created or deleted, at least 0
 * @param mostSeconds the same at most
 * @param deletionCost whether workers with a job set a higher deletion cost
 */
public record ControlPlane(double leastSeconds, double mostSeconds, boolean deletionCost) {
  /** 0.2 to 1 s, no deletion cost. */
  public static final ControlPlane DEFAULT = new ControlPlane(0.2, 1, false);

  /** No delay at all. */
  public static final ControlPlane IMMEDIATE = new ControlPlane(0, 0, false);

  double seconds(RandomGenerator random) {
    return leastSeconds + (mostSeconds - leastSeconds) * random.nextDouble();
  }
}

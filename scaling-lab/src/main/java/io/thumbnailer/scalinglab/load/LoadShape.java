package io.thumbnailer.scalinglab.load;

import java.util.random.RandomGenerator;

/** The rate of arrivals over time. */
public interface LoadShape {
  /** A short word for tables and file names. */
  String name();

  /** One sentence with the numbers. */
  String description();

  /**
   * Draws the arrivals of one run.
   *
   * @param seconds the length of the run
   * @return times in seconds since the start, ascending, each below {@code seconds}
   */
  double[] arrivals(double seconds, RandomGenerator random);
}

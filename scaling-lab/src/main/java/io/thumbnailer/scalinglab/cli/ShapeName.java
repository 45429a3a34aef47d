package io.thumbnailer.scalinglab.cli;

import io.thumbnailer.scalinglab.load.BurstShape;
import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.RateShape;

/** The shapes that can be selected by name; their times are fractions of the run. */
enum ShapeName {
  CONSTANT,
  STEP,
  RAMP,
  SPIKE,
  SINE,
  BURSTS;

  /**
   * Creates the shape with the given rates.
   *
   * @param base jobs per second, also the rate of {@link #CONSTANT}
   * @param peak jobs per second
   * @param seconds the length of the run: a step stands from a fifth of it to three fifths
   */
  LoadShape shape(double base, double peak, double seconds) {
    return switch (this) {
      case CONSTANT -> RateShape.constant(base);
      case STEP -> RateShape.step(base, peak, 0.2 * seconds, 0.6 * seconds);
      case RAMP -> RateShape.ramp(base, peak, 0.1 * seconds, 0.5 * seconds, 0.7 * seconds);
      case SPIKE -> RateShape.spike(base, peak, 0.3 * seconds, 0.05 * seconds);
      case SINE -> RateShape.sine(base, peak, 0.9 * seconds);
      case BURSTS -> new BurstShape(base, peak, seconds / 10, seconds / 30);
    };
  }
}

package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.load.BatchShape;
import io.thumbnailer.scalinglab.load.BurstShape;
import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.RateShape;
import java.util.List;

/** The shapes of load of a study, sized by what one worker can do. */
public final class StandardShapes {
  /** Each run's length: two hours, of which the last part is quiet in the shapes with an end. */
  public static final double SECONDS = 7200;

  private static final double BASE = 1.2;
  private static final double PEAK = 10;

  /** 85 % of what five workers can do. */
  private static final double STEADY = 4.25;

  private static final int BATCH = 20;

  private StandardShapes() {}

  /**
   * Creates all shapes.
   *
   * @param workerRate jobs per second that one worker can do, above 0
   */
  public static List<LoadShape> of(double workerRate) {
    double base = round(BASE * workerRate);
    double peak = round(PEAK * workerRate);
    return List.of(
        RateShape.constant(round(STEADY * workerRate)),
        RateShape.step(base, peak, 1200, 4200),
        RateShape.ramp(base, peak, 1200, 3600, 4800),
        RateShape.spike(base, round(1.3 * peak), 1800, 240),
        RateShape.sine(base, peak, 3600),
        new BurstShape(base, peak, 600, 180),
        new BatchShape(RateShape.sine(base, round(0.6 * peak), 3600), BATCH),
        quiet(workerRate));
  }

  /** Almost no load, with ten minutes of work in the middle: a case for scaling to zero. */
  private static LoadShape quiet(double workerRate) {
    double rare = 1.0 / 600;
    double some = round(2 * workerRate);
    return new RateShape(
        "quiet",
        "one job per ten minutes, and " + some + " jobs/s from 3000 s to 3600 s",
        some,
        t -> t >= 3000 && t < 3600 ? some : rare);
  }

  private static double round(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}

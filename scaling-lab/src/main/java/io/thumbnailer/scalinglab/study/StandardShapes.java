package io.thumbnailer.scalinglab.study;

import io.thumbnailer.scalinglab.load.BatchShape;
import io.thumbnailer.scalinglab.load.BurstShape;
import io.thumbnailer.scalinglab.load.LoadShape;
import io.thumbnailer.scalinglab.load.RateShape;
import java.util.List;
import java.util.Locale;

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
    return of(workerRate, 1);
  }

  /**
   * Creates all shapes, with the same rates over a longer or shorter time.
   *
   * @param stretch factor of all times, above 0; a run then has {@code stretch *} {@link #SECONDS}
   */
  static List<LoadShape> of(double workerRate, double stretch) {
    double base = round(BASE * workerRate);
    double peak = round(PEAK * workerRate);
    return List.of(
        RateShape.constant(round(STEADY * workerRate)),
        RateShape.step(base, peak, stretch * 1200, stretch * 4200),
        RateShape.ramp(base, peak, stretch * 1200, stretch * 3600, stretch * 4800),
        RateShape.spike(base, round(1.3 * peak), stretch * 1800, stretch * 240),
        RateShape.sine(base, peak, stretch * 3600),
        new BurstShape(base, peak, stretch * 600, stretch * 180),
        new BatchShape(RateShape.sine(base, round(0.6 * peak), stretch * 3600), BATCH),
        quiet(workerRate, stretch));
  }

  /** Almost no load, with some work in the middle: a case for scaling to zero. */
  private static LoadShape quiet(double workerRate, double stretch) {
    double rare = 1.0 / 600;
    double some = round(2 * workerRate);
    double from = stretch * 3000;
    double to = stretch * 3600;
    return new RateShape(
        "quiet",
        String.format(
            Locale.ROOT,
            "one job per ten minutes, and %s jobs/s from %.0f s to %.0f s",
            some,
            from,
            to),
        some,
        t -> t >= from && t < to ? some : rare);
  }

  private static double round(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}

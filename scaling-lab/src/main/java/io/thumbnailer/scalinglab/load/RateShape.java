package io.thumbnailer.scalinglab.load;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A shape whose rate is a fixed function of the time; arrivals are a Poisson process with this
 * rate.
 *
 * @param name a short word
 * @param description one sentence
 * @param highestRate arrivals per second at most, above 0
 * @param rate arrivals per second at a time in seconds
 */
public record RateShape(
    String name, String description, double highestRate, DoubleUnaryOperator rate)
    implements LoadShape {

  /** Throws {@link IllegalArgumentException} if the highest rate is not positive. */
  public RateShape {
    if (!(highestRate > 0)) {
      throw new IllegalArgumentException("the highest rate must be positive");
    }
  }

  /** A constant rate. */
  public static RateShape constant(double rate) {
    return new RateShape("constant", text("%s jobs/s throughout", rate), rate, t -> rate);
  }

  /** Jumps up at {@code from} seconds and down at {@code to}. */
  public static RateShape step(double base, double peak, double from, double to) {
    return new RateShape(
        "step",
        text("%s jobs/s, %s from %s s to %s s", base, peak, from, to),
        Math.max(base, peak),
        t -> t >= from && t < to ? peak : base);
  }

  /**
   * Rises evenly from {@code from} to {@code top} seconds, stays until {@code to}, then jumps down.
   */
  public static RateShape ramp(double base, double peak, double from, double top, double to) {
    return new RateShape(
        "ramp",
        text(
            "%s jobs/s, rising evenly to %s from %s s to %s s, back at %s s",
            base, peak, from, top, to),
        Math.max(base, peak),
        t -> {
          if (t < from || t >= to) {
            return base;
          }
          return t >= top ? peak : base + (peak - base) * (t - from) / (top - from);
        });
  }

  /** A short time of a very high rate. */
  public static RateShape spike(double base, double peak, double from, double seconds) {
    return new RateShape(
        "spike",
        text("%s jobs/s, %s for %s s at %s s", base, peak, seconds, from),
        Math.max(base, peak),
        t -> t >= from && t < from + seconds ? peak : base);
  }

  /** Rises and falls like the traffic of a day, lowest at the start. */
  public static RateShape sine(double base, double peak, double periodSeconds) {
    return new RateShape(
        "sine",
        text("between %s and %s jobs/s, period %s s", base, peak, periodSeconds),
        Math.max(base, peak),
        t -> base + (peak - base) * (1 - Math.cos(2 * Math.PI * t / periodSeconds)) / 2);
  }

  @Override
  public double[] arrivals(double seconds, RandomGenerator random) {
    return PoissonArrivals.draw(seconds, highestRate, rate, random);
  }

  private static String text(String format, Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Double d) {
        values[i] = d == Math.rint(d) ? Long.toString(Math.round(d)) : d.toString();
      }
    }
    return String.format(Locale.ROOT, format, values);
  }
}

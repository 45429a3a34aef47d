package io.thumbnailer.scalinglab.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A linear axis with round numbers at its ticks. */
final class Axis {
  private static final int TICKS = 5;

  private final double low;
  private final double high;
  private final double step;

  private Axis(double low, double high, double step) {
    this.low = low;
    this.high = high;
    this.step = step;
  }

  /** An axis from exactly one number to another. */
  static Axis exact(double low, double high) {
    double to = high > low ? high : low + 1;
    return new Axis(low, to, round((to - low) / TICKS));
  }

  /** An axis from 0 to a round number that is not below {@code high}. */
  static Axis fromZero(double high) {
    double step = round(Math.max(high, 1e-9) / TICKS);
    return new Axis(0, Math.max(step, Math.ceil(high / step - 1e-9) * step), step);
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double round(double raw) {
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double part = raw / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
  }

  /** The upper end. */
  double high() {
    return high;
  }

  /** The position of a value, 0 to 1. */
  double place(double value) {
    return (value - low) / (high - low);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A tick's number without needless digits. */
  String label(double tick) {
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", tick);
  }
}

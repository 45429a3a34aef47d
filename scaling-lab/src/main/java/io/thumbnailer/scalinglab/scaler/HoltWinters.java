package io.thumbnailer.scalinglab.scaler;

import java.util.Arrays;

/**
 * Additive exponential smoothing with a damped trend and a season (C. C. Holt, 1957; P. R. Winters,
 * "Forecasting sales by exponentially weighted moving averages", Management Science 6(3), 1960;
 * damping: E. S. Gardner and E. McKenzie, "Forecasting trends in time series", Management Science
 * 31(10), 1985). Values come at even intervals.
 */
public final class HoltWinters {
  private static final double LEVEL = 0.5;
  private static final double TREND = 0.2;
  private static final double SEASON = 0.3;
  private static final double DAMPING = 0.9;

  private final double[] season;
  private double level = Double.NaN;
  private double trend;
  private int count;

  /** Uses a season of the given number of values; 1 for none. */
  public HoltWinters(int seasonLength) {
    season = new double[seasonLength];
  }

  /** Takes the next value. */
  public void add(double value) {
    int place = count % season.length;
    boolean learns = season.length > 1 && count < season.length;
    double before = count == 0 ? value : level;
    double deseasoned = learns ? value : value - season[place];
    level = LEVEL * deseasoned + (1 - LEVEL) * (before + DAMPING * trend);
    trend = TREND * (level - before) + (1 - TREND) * DAMPING * trend;
    if (learns) {
      season[place] = value;
    } else if (season.length > 1) {
      season[place] += SEASON * (value - level - season[place]);
    }
    count++;
    if (learns && count == season.length) {
      beginSeasons();
    }
  }

  /** After the first season the level is its mean, and the season what differs from it. */
  private void beginSeasons() {
    level = Arrays.stream(season).average().orElseThrow();
    trend = 0;
    for (int i = 0; i < season.length; i++) {
      season[i] -= level;
    }
  }

  /** The forecast for the given number of intervals after the last value; NaN before the first. */
  public double forecast(int steps) {
    double damped = 0;
    for (int i = 1; i <= steps; i++) {
      damped += Math.pow(DAMPING, i);
    }
    double seasonal = count < season.length ? 0 : season[(count - 1 + steps) % season.length];
    return level + damped * trend + seasonal;
  }
}

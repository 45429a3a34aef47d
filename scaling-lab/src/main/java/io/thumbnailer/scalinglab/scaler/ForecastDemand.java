package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.hpa.MetricsSource;
import io.thumbnailer.scalinglab.hpa.MetricsUnavailableException;

/**
 * The arrival rate as it is forecast for the time at which a worker started now would be ready, and
 * the backlog over some seconds. For one run.
 */
public final class ForecastDemand implements DerivedMetric {
  private static final double STEP_SECONDS = 60;

  private final HoltWinters model;
  private final int steps;
  private final double backlogSeconds;
  private final double error;
  private double next;

  /**
   * Creates a forecaster without data.
   *
   * @param seasonSeconds length of the season
   * @param horizonSeconds how far ahead it looks
   * @param backlogSeconds in which the backlog is to be processed
   * @param error by which each forecast is wrong: 0.3 for 30 % too high
   */
  public ForecastDemand(
      double seasonSeconds, double horizonSeconds, double backlogSeconds, double error) {
    this.model = new HoltWinters((int) Math.round(seasonSeconds / STEP_SECONDS));
    this.steps = (int) Math.ceil(horizonSeconds / STEP_SECONDS);
    this.backlogSeconds = backlogSeconds;
    this.error = error;
  }

  @Override
  public double value(double seconds, MetricsSource metrics) throws MetricsUnavailableException {
    double rate = metrics.external(QueueMetrics.ARRIVAL_RATE) / 1000.0;
    double backlog = metrics.external(QueueMetrics.BACKLOG) / 1000.0;
    if (seconds >= next) {
      model.add(rate);
      next = seconds + STEP_SECONDS;
    }
    return Math.max(0, model.forecast(steps)) * (1 + error) + backlog / backlogSeconds;
  }
}

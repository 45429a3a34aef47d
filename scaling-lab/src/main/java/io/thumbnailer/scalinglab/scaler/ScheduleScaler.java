package io.thumbnailer.scalinglab.scaler;

import io.thumbnailer.scalinglab.elasticity.StepFunction;

/**
 * Follows the demand of another day in intervals of five minutes, early enough for a worker's
 * start, as cron triggers of KEDA would.
 */
public final class ScheduleScaler implements Scaler {
  private static final double PERIOD_SECONDS = 30;
  private static final double PIECE_SECONDS = 300;

  private final StepFunction history;
  private final double leadSeconds;
  private final double lateSeconds;
  private final int minReplicas;
  private final int maxReplicas;
  private double next;

  /**
   * Scales by a demand of the past.
   *
   * @param leadSeconds how early workers are started
   * @param lateSeconds by which this day is later than the schedule assumes
   */
  public ScheduleScaler(
      StepFunction history,
      double leadSeconds,
      double lateSeconds,
      int minReplicas,
      int maxReplicas) {
    this.history = history;
    this.leadSeconds = leadSeconds;
    this.lateSeconds = lateSeconds;
    this.minReplicas = minReplicas;
    this.maxReplicas = maxReplicas;
  }

  @Override
  public double nextSeconds() {
    return next;
  }

  @Override
  public int decide(ClusterView cluster) {
    double now = cluster.seconds();
    next = now + PERIOD_SECONDS;
    double day = Math.max(0, now - lateSeconds);
    double from = Math.floor(day / PIECE_SECONDS) * PIECE_SECONDS;
    double to = Math.floor((day + leadSeconds) / PIECE_SECONDS) * PIECE_SECONDS + PIECE_SECONDS;
    int wanted = (int) history.highest(from, to);
    return Math.min(Math.max(wanted, minReplicas), maxReplicas);
  }
}

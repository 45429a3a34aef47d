package io.thumbnailer.scalinglab.scaler;

/** The names of the queue's metrics, as ingest exports them or Prometheus computes them. */
public final class QueueMetrics {
  /** Jobs waiting or in progress. */
  public static final String BACKLOG = "thumbnailer_queue_backlog";

  /** Jobs in progress. */
  public static final String IN_FLIGHT = "thumbnailer_queue_in_flight";

  /** Age in seconds of the oldest job that is waiting or in progress. */
  public static final String OLDEST_AGE = "thumbnailer_queue_oldest_age_seconds";

  /** Jobs a second over the last minute: {@code rate} of the accepted uploads. */
  public static final String ARRIVAL_RATE = "thumbnailer_arrival_rate";

  private QueueMetrics() {}
}

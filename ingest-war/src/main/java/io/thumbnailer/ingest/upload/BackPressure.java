package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.QueueFullException;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.QueueStatistics;
import java.time.Duration;

/**
 * Refuses uploads while the backlog is at its limit, before their bytes are read. The limit is
 * soft: the queue is queried a few times per second, and uploads in between are admitted.
 */
public class BackPressure {
  private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

  /** The share of the limit that must be free before uploads are admitted again. */
  private static final double HEADROOM = 0.05;

  private static final long LONGEST_WAIT = 300;

  private final MessageBrowser queue;
  private final long limit;
  private QueueStatistics latest;
  private long asOf;

  /**
   * Over the queue of the jobs; the limit counts jobs that are waiting, running or to be retried.
   */
  public BackPressure(MessageBrowser queue, long limit) {
    this.queue = queue;
    this.limit = limit;
  }

  /**
   * Admits an upload.
   *
   * @throws QueueFullException if the backlog is at its limit
   * @throws io.thumbnailer.messaging.MessagingException if the queue is unreachable: uploads that
   *     could not be enqueued are refused
   */
  public void admit() {
    QueueStatistics statistics = statistics();
    long backlog = statistics.totalBacklog() + statistics.delayed();
    if (backlog >= limit) {
      throw new QueueFullException(retryAfter(backlog, limit, statistics.serviceRate()));
    }
  }

  /**
   * Seconds until the workers, at their measured rate, have made some room. From 1 to 300; 300 if
   * nothing leaves the queue.
   */
  static long retryAfter(long backlog, long limit, double serviceRate) {
    double excess = backlog - limit * (1 - HEADROOM);
    if (serviceRate <= 0) {
      return LONGEST_WAIT;
    }
    return (long) Math.min(LONGEST_WAIT, Math.max(1, Math.ceil(excess / serviceRate)));
  }

  private synchronized QueueStatistics statistics() {
    long now = System.nanoTime();
    if (latest == null || now - asOf > FRESH_NANOS) {
      latest = queue.statistics();
      asOf = now;
    }
    return latest;
  }
}

package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.QueueFullException;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.QueueStatistics;
import java.time.Duration;

/**
 * Refuses uploads while the backlog is at its limit, before their bytes are read. The limit is
 * soft: the queue is asked a few times a second, so that what arrives in between passes it.
 */
public class BackPressure {
  private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

  /** Room for new uploads is made before they are let in again: this part of the limit. */
  private static final double HEADROOM = 0.05;

  private static final long LONGEST_WAIT = 300;

  private final MessageBrowser queue;
  private final long limit;
  private QueueStatistics latest;
  private long asOf;

  /** Over the queue of the jobs; the limit counts jobs waiting, in work or to be retried. */
  public BackPressure(MessageBrowser queue, long limit) {
    this.queue = queue;
    this.limit = limit;
  }

  /**
   * Lets an upload pass.
   *
   * @throws QueueFullException when the backlog is at its limit
   * @throws io.thumbnailer.messaging.MessagingException when the queue cannot be asked: nothing is
   *     accepted that could not be queued
   */
  public void admit() {
    QueueStatistics statistics = statistics();
    long backlog = statistics.totalBacklog() + statistics.delayed();
    if (backlog >= limit) {
      throw new QueueFullException(retryAfter(backlog, limit, statistics.serviceRate()));
    }
  }

  /**
   * Seconds until the workers, at their measured rate, have made some room. From 1 to 300; 300 when
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

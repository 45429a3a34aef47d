package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.QueueFullException;
import io.thumbnailer.messaging.CachedStatistics;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.QueueStatistics;

/**
 * Refuses uploads while the backlog is at its limit, before their bytes are read. The limit is
 * soft: the queue is queried a few times a second, and uploads in between are admitted. While the
 * queue is unreachable, uploads are admitted, because their originals are safe in storage.
 */
public class BackPressure {
  private static final System.Logger LOG = System.getLogger(BackPressure.class.getName());

  /** The share of the limit that must be free before uploads are admitted again. */
  private static final double HEADROOM = 0.05;

  private static final long LONGEST_WAIT = 300;

  private final CachedStatistics queue;
  private final long limit;

  /**
   * Uses the queue of the jobs. The limit counts jobs that are waiting, in progress or to be
   * retried.
   */
  public BackPressure(CachedStatistics queue, long limit) {
    this.queue = queue;
    this.limit = limit;
  }

  /**
   * Admits an upload.
   *
   * @throws QueueFullException if the backlog is at its limit
   */
  public void admit() {
    QueueStatistics statistics;
    try {
      statistics = queue.get();
    } catch (MessagingException e) {
      LOG.log(System.Logger.Level.DEBUG, "the backlog is not known", e);
      return;
    }
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
}

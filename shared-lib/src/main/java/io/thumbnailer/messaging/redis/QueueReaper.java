package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.RetryPolicy;
import java.time.Duration;
import java.util.List;

/**
 * Takes back the messages of lost consumers, moves due messages to their lanes, and removes dead
 * letters past their retention. Runs in every consumer, between two fetches.
 */
final class QueueReaper {
  private static final System.Logger LOG = System.getLogger(QueueReaper.class.getName());

  private static final int LIMIT = 100;

  private final RedisQueue queue;
  private final long interval;
  private final List<String> arguments;
  private long next = System.nanoTime();

  QueueReaper(RedisQueue queue, RetryPolicy retryPolicy, Duration interval) {
    this.queue = queue;
    this.interval = interval.toNanos();
    this.arguments =
        List.of(
            Integer.toString(retryPolicy.maxAttempts()),
            Integer.toString(LIMIT),
            Long.toString(queue.deadLetterRetention().toMillis()),
            queue.retentionMillis(),
            Integer.toString(retryPolicy.maxLostDeliveries()));
  }

  /** Reaps if the interval has passed, and again immediately while there is more. */
  void reapWhenDue() {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + interval;
    List<Long> reaped = queue.list(RedisScript.REAP, arguments);
    if (reaped.get(0) > 0) {
      LOG.log(
          System.Logger.Level.WARNING, "took back {0} messages from lost consumers", reaped.get(0));
    }
    if (reaped.get(1) >= LIMIT) {
      next = now;
    }
  }
}

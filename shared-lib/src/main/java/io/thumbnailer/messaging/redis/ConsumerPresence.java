package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;
import java.util.List;

/**
 * Says from time to time that a consumer is there, so that the queue's statistics can count the
 * consumers and what they can do at the same time. One that is killed counts until its last word is
 * as old as a lease.
 *
 * <p>Not for concurrent use.
 */
final class ConsumerPresence {
  private static final System.Logger LOG = System.getLogger(ConsumerPresence.class.getName());

  private final RedisQueue queue;
  private final String consumer;
  private final String capacity;
  private final Duration validity;
  private final long interval;
  private long next = System.nanoTime();

  ConsumerPresence(RedisQueue queue, String consumer, int capacity, Duration validity) {
    this.queue = queue;
    this.consumer = consumer;
    this.capacity = Integer.toString(capacity);
    this.validity = validity;
    this.interval = validity.dividedBy(3).toNanos();
  }

  /** Says so when it is time to. */
  void announceWhenDue() {
    long now = System.nanoTime();
    if (now - next >= 0) {
      announce(validity.toMillis());
      next = now + interval;
    }
  }

  /** Takes it back; without Redis it ends by itself. */
  void leave() {
    try {
      announce(0);
    } catch (MessagingException e) {
      LOG.log(
          System.Logger.Level.DEBUG, "could not deregister the consumer; its entry will expire", e);
    }
  }

  private void announce(long millis) {
    var unused = queue.test(RedisScript.ATTEND, List.of(consumer, capacity, Long.toString(millis)));
  }
}

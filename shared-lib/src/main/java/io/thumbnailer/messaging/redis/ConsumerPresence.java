package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reports regularly that a consumer is running, so that the queue's statistics can count the
 * consumers and their capacity, and operators can see each of them. A killed consumer counts until
 * its last report is as old as a lease.
 *
 * <p>Not for concurrent use, but for {@link #ended}.
 */
final class ConsumerPresence {
  private static final System.Logger LOG = System.getLogger(ConsumerPresence.class.getName());

  private final RedisQueue queue;
  private final ConsumerOptions options;
  private final String since = Long.toString(System.currentTimeMillis());
  private final long interval;
  private final AtomicLong ended = new AtomicLong();
  private final MinuteRate rate = new MinuteRate(System.nanoTime());
  private long next = System.nanoTime();

  ConsumerPresence(RedisQueue queue, ConsumerOptions options) {
    this.queue = queue;
    this.options = options;
    this.interval = options.leaseTime().dividedBy(3).toNanos();
  }

  /** A delivery has ended, whatever its outcome. */
  void ended() {
    ended.incrementAndGet();
  }

  void announceWhenDue() {
    long now = System.nanoTime();
    if (now - next >= 0) {
      announce(options.leaseTime(), rate.perMinute(now, ended.get()));
      next = now + interval;
    }
  }

  /** Deregisters the consumer; without Redis, its registration expires. */
  void leave() {
    try {
      announce(Duration.ZERO, 0);
    } catch (MessagingException e) {
      LOG.log(
          System.Logger.Level.DEBUG, "could not deregister the consumer; its entry will expire", e);
    }
  }

  private void announce(Duration validity, double perMinute) {
    var unused =
        queue.test(
            RedisScript.ATTEND,
            List.of(
                options.name(),
                Integer.toString(options.capacity()),
                Long.toString(validity.toMillis()),
                options.version(),
                since,
                Double.toString(perMinute)));
  }
}

package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisException;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fetches while it has capacity, and runs each delivery on the executor. One thread fetches; while
 * the queue is empty it blocks on its own connection.
 */
final class RedisMessageConsumer implements MessageConsumer {
  private static final System.Logger LOG = System.getLogger(RedisMessageConsumer.class.getName());

  /**
   * The longest delay caused by a lost wake-up, for example one taken by a consumer that then died.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private static final Duration BACK_OFF = Duration.ofMillis(250);

  /** The most messages taken by one claim, since a claim blocks Redis. */
  private static final int LARGEST_CLAIM = 64;

  private final RedisQueue queue;
  private final ConsumerOptions options;
  private final Semaphore free;
  private final RedisClaims claims;
  private final QueueReaper reaper;
  private final ConsumerPresence presence;
  private final LeaseKeeper leases;

  /** Held while claiming, so that a stop never interrupts a claim and loses its messages. */
  private final ReentrantLock claiming = new ReentrantLock();

  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger peakBusy = new AtomicInteger();
  private volatile boolean stopping;
  private volatile Thread fetcher;
  private RedisConnections.Connection waiting;
  private boolean reachable = true;

  RedisMessageConsumer(RedisQueue queue, ConsumerOptions options) {
    this.queue = queue;
    this.options = options;
    this.free = new Semaphore(options.capacity());
    this.claims = new RedisClaims(queue, options.name(), options.leaseTime());
    Duration reaping = options.leaseTime().dividedBy(4);
    this.reaper =
        new QueueReaper(
            queue,
            options.retryPolicy(),
            reaping.compareTo(LONGEST_WAIT) < 0 ? reaping : LONGEST_WAIT);
    this.presence = new ConsumerPresence(queue, options);
    this.leases = new LeaseKeeper(queue, options.heartbeat(), options.leaseTime());
  }

  @Override
  public void start(MessageListener listener) {
    fetcher = new Thread(() -> fetch(listener), "message-fetcher");
    fetcher.setDaemon(true);
    fetcher.start();
  }

  private void fetch(MessageListener listener) {
    while (!stopping) {
      try {
        presence.announceWhenDue();
        reaper.reapWhenDue();
        if (free.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
            && claim(listener) == 0) {
          awaitWork();
        }
        report(true);
      } catch (MessagingException | RedisException e) {
        report(false);
        stopWaiting();
        pause();
      } catch (InterruptedException e) {
        // the loop's condition decides
      } catch (RuntimeException e) {
        // The fetching thread must survive any failure of a record or an executor.
        LOG.log(System.Logger.Level.ERROR, "could not fetch messages", e);
        pause();
      }
    }
  }

  /** Claims a message for the permit that the caller holds and for each free one. */
  private int claim(MessageListener listener) {
    int permits = 1;
    claiming.lock();
    try {
      if (stopping) {
        return 0;
      }
      while (permits < LARGEST_CLAIM && free.tryAcquire()) {
        permits++;
      }
      List<RedisDelivery> claimed = claims.claim(permits);
      for (RedisDelivery delivery : claimed) {
        permits--;
        dispatch(delivery, listener);
      }
      return claimed.size();
    } finally {
      free.release(permits);
      claiming.unlock();
    }
  }

  /** Runs a delivery, which releases a permit at its end. */
  private void dispatch(RedisDelivery delivery, MessageListener listener) {
    DeliveryTask task = new DeliveryTask(delivery, listener, options.retryPolicy(), leases);
    peakBusy.accumulateAndGet(busy.incrementAndGet(), Math::max);
    try {
      options
          .executor()
          .execute(
              () -> {
                try {
                  task.run();
                } finally {
                  presence.ended();
                  busy.decrementAndGet();
                  free.release();
                }
              });
    } catch (RejectedExecutionException e) {
      busy.decrementAndGet();
      free.release();
      var unused = delivery.handBack();
    }
  }

  private void awaitWork() {
    if (waiting == null) {
      waiting = queue.connections().blocking(LONGEST_WAIT);
    }
    var unused = waiting.commands().blpop(LONGEST_WAIT.toSeconds(), queue.key("wake"));
  }

  private void report(boolean nowReachable) {
    if (nowReachable != reachable && !stopping) { // a stop interrupts calls that wait for Redis
      reachable = nowReachable;
      LOG.log(
          System.Logger.Level.WARNING,
          nowReachable ? "Redis is reachable again" : "Redis is unreachable; retrying");
    }
  }

  private void pause() {
    try {
      Thread.sleep(BACK_OFF.toMillis());
    } catch (InterruptedException e) {
      // the loop's condition decides
    }
  }

  @Override
  public void stop(Duration grace) {
    if (fetcher == null || stopping) {
      return;
    }
    stopping = true;
    claiming.lock();
    try {
      fetcher.interrupt();
    } finally {
      claiming.unlock();
    }
    try {
      fetcher.join(LONGEST_WAIT.toMillis());
      presence.leave();
      if (!idleWithin(grace)) {
        handBackAll();
      }
      claims.abandonUnanswered();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leases.handBackAll();
    } catch (MessagingException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "could not hand back a claim; its lease will expire: {0}",
          e.getMessage());
    }
    leases.close();
    stopWaiting();
  }

  /** The next wait is on a new connection: the old one may lead to a host that is gone. */
  private void stopWaiting() {
    if (waiting != null) {
      waiting.close();
      waiting = null;
    }
  }

  private void handBackAll() throws InterruptedException {
    leases.handBackAll();
    if (!idleWithin(LONGEST_WAIT)) {
      // the executor may have started a delivery in the meantime
      leases.handBackAll();
    }
  }

  private boolean idleWithin(Duration time) throws InterruptedException {
    boolean idle = free.tryAcquire(capacity(), time.toMillis(), TimeUnit.MILLISECONDS);
    if (idle) {
      free.release(capacity());
    }
    return idle;
  }

  @Override
  public int busy() {
    return busy.get();
  }

  @Override
  public int takePeakBusy() {
    return Math.max(peakBusy.getAndSet(0), busy.get());
  }

  @Override
  public int capacity() {
    return options.capacity();
  }
}

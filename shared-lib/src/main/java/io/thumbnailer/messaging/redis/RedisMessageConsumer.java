package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Fetches while it has capacity and runs each delivery on the executor. One thread fetches; between
 * two looks at an empty queue it waits, blocked, on a connection of its own.
 */
final class RedisMessageConsumer implements MessageConsumer {
  private static final System.Logger LOG = System.getLogger(RedisMessageConsumer.class.getName());

  /** A lost wake-up, such as one taken by a consumer that then died, costs no more than this. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private static final Duration BACK_OFF = Duration.ofMillis(500);
  private static final int REAP_LIMIT = 100;

  private final RedisQueue queue;
  private final ConsumerOptions options;
  private final Semaphore free;
  private final LaneOrder lanes = new LaneOrder();
  private final LeaseKeeper leases;
  private volatile boolean stopping;
  private volatile Thread fetcher;
  private StatefulRedisConnection<String, String> waiting;
  private boolean reachable = true;
  private long nextReap;

  RedisMessageConsumer(RedisQueue queue, ConsumerOptions options) {
    this.queue = queue;
    this.options = options;
    this.free = new Semaphore(options.capacity());
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
        reapWhenDue();
        if (!free.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
          continue;
        }
        boolean found = false;
        try {
          found = claim(listener);
        } finally {
          if (!found) {
            free.release();
          }
        }
        if (!found) {
          awaitWork();
        }
        report(true);
      } catch (MessagingException | RedisException e) {
        report(false);
        pause();
      } catch (InterruptedException e) {
        // the loop's condition decides
      }
    }
  }

  /** Claims one message for the permit that the caller holds, which its task gives back. */
  private boolean claim(MessageListener listener) {
    List<String> arguments =
        new ArrayList<>(
            List.of(Long.toString(options.leaseTime().toMillis()), "1", queue.retentionMillis()));
    arguments.addAll(lanes.next());
    List<List<?>> claimed = queue.list(RedisScript.CLAIM, arguments);
    for (List<?> entry : claimed) {
      RecordFields fields = RecordFields.ofList((String) entry.get(0), (List<?>) entry.get(1));
      dispatch(new RedisDelivery(queue, fields), listener);
    }
    return !claimed.isEmpty();
  }

  private void dispatch(RedisDelivery delivery, MessageListener listener) {
    DeliveryTask task = new DeliveryTask(delivery, listener, options.retryPolicy(), leases);
    try {
      options
          .executor()
          .execute(
              () -> {
                try {
                  task.run();
                } finally {
                  free.release();
                }
              });
    } catch (RejectedExecutionException e) {
      free.release();
      delivery.handBack();
    }
  }

  private void awaitWork() {
    if (waiting == null) {
      waiting = queue.connections().blocking(LONGEST_WAIT);
    }
    var unused = waiting.sync().blpop(LONGEST_WAIT.toSeconds(), queue.key("wake"));
  }

  private void reapWhenDue() {
    long now = System.nanoTime();
    if (now - nextReap >= 0) {
      nextReap = now + Math.min(LONGEST_WAIT.toNanos(), options.leaseTime().toNanos() / 4);
      long expired =
          queue.number(
              RedisScript.REAP,
              List.of(
                  Integer.toString(options.retryPolicy().maxAttempts()),
                  Integer.toString(REAP_LIMIT)));
      if (expired > 0) {
        LOG.log(System.Logger.Level.WARNING, "took {0} messages of silent consumers", expired);
      }
    }
  }

  private void report(boolean nowReachable) {
    if (nowReachable != reachable) {
      reachable = nowReachable;
      LOG.log(
          System.Logger.Level.WARNING,
          nowReachable ? "Redis is back" : "Redis cannot be reached; trying again");
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
    fetcher.interrupt();
    try {
      fetcher.join(LONGEST_WAIT.toMillis());
      if (!idleWithin(grace)) {
        leases.interruptAll();
        if (!idleWithin(LONGEST_WAIT)) {
          LOG.log(System.Logger.Level.WARNING, "{0} deliveries are left to their lease", busy());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leases.interruptAll();
    }
    leases.close();
    if (waiting != null) {
      waiting.close();
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
    return capacity() - free.availablePermits();
  }

  @Override
  public int capacity() {
    return options.capacity();
  }
}

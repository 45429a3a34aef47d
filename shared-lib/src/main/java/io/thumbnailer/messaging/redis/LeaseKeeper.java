package io.thumbnailer.messaging.redis;

import io.thumbnailer.log.LogContext;
import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Renews the leases of all running deliveries from its own thread, so that a decode that uses all
 * processors does not lose its lease. A worker thread is interrupted only while it is registered
 * here, so that no interrupt affects what the thread does afterwards.
 */
final class LeaseKeeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LeaseKeeper.class.getName());

  private final RedisQueue queue;
  private final Duration leaseTime;
  private final Map<RedisDelivery, Thread> held = new ConcurrentHashMap<>();
  private final ScheduledExecutorService heartbeat;

  LeaseKeeper(RedisQueue queue, Duration interval, Duration leaseTime) {
    this.queue = queue;
    this.leaseTime = leaseTime;
    this.heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        heartbeat.scheduleWithFixedDelay(
            this::renew, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Keeps the lease for the calling thread, which is interrupted if the lease is lost. */
  void hold(RedisDelivery delivery) {
    held.put(delivery, Thread.currentThread());
  }

  void release(RedisDelivery delivery) {
    held.remove(delivery);
  }

  /**
   * Hands back all running deliveries and interrupts their threads. A thread that ignores the
   * interrupt can no longer change the message, because its lease is gone.
   */
  void handBackAll() {
    for (RedisDelivery delivery : held.keySet()) {
      try {
        if (delivery.handBack()) {
          interrupt(delivery);
        }
      } catch (MessagingException e) {
        interrupt(delivery);
        warn(
            delivery,
            "message {0} will be redelivered after its lease expires: {1}",
            e.getMessage());
      }
    }
  }

  private void renew() {
    List<RedisDelivery> deliveries = List.copyOf(held.keySet());
    if (deliveries.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>(List.of(Long.toString(leaseTime.toMillis())));
    deliveries.forEach(delivery -> arguments.addAll(delivery.idAndLease()));
    try {
      List<String> lost = queue.list(RedisScript.RENEW, arguments);
      deliveries.stream()
          .filter(d -> lost.contains(d.message().id()) && !d.acknowledged())
          .filter(this::interrupt)
          .forEach(delivery -> warn(delivery, "lost the lease of message {0}"));
    } catch (MessagingException e) {
      // The next heartbeat retries; if the lease expires before, its new holder fences us off.
      LOG.log(System.Logger.Level.DEBUG, "could not renew the leases", e);
    } catch (RuntimeException e) {
      // A scheduled task that throws is not run again: no lease would be renewed.
      LOG.log(System.Logger.Level.ERROR, "the heartbeat failed", e);
    }
  }

  private static void warn(RedisDelivery delivery, String text, String... more) {
    Object[] parameters =
        Stream.concat(Stream.of(delivery.message().id()), Stream.of(more)).toArray();
    LogContext.run(
        delivery.subject(), () -> LOG.log(System.Logger.Level.WARNING, text, parameters));
  }

  private boolean interrupt(RedisDelivery delivery) {
    return held.computeIfPresent(
            delivery,
            (lost, worker) -> {
              lost.loseLease();
              worker.interrupt();
              return worker;
            })
        != null;
  }

  @Override
  public void close() {
    heartbeat.shutdownNow();
  }
}

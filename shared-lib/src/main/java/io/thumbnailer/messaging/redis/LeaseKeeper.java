package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Renews the leases of all deliveries in work, from a thread of its own: a decode that takes all
 * processors does not lose its lease.
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

  /** Keeps the lease for the calling thread, which is interrupted should the lease be lost. */
  void hold(RedisDelivery delivery) {
    held.put(delivery, Thread.currentThread());
  }

  void release(RedisDelivery delivery) {
    held.remove(delivery);
  }

  /** Interrupts everything in work. */
  void interruptAll() {
    held.values().forEach(Thread::interrupt);
  }

  private void renew() {
    List<RedisDelivery> deliveries = List.copyOf(held.keySet());
    if (deliveries.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>(List.of(Long.toString(leaseTime.toMillis())));
    deliveries.forEach(delivery -> arguments.addAll(delivery.idAndFence()));
    try {
      List<String> lost = queue.list(RedisScript.RENEW, arguments);
      deliveries.stream().filter(d -> lost.contains(d.message().id())).forEach(this::lose);
    } catch (MessagingException e) {
      // The next beat tries again; should the lease expire before, its taker fences us off.
      LOG.log(System.Logger.Level.DEBUG, "no heartbeat", e);
    }
  }

  private void lose(RedisDelivery delivery) {
    Thread worker = held.get(delivery);
    if (worker != null && !delivery.acknowledged()) {
      LOG.log(System.Logger.Level.WARNING, "lost the lease of {0}", delivery.message().id());
      delivery.loseLease();
      worker.interrupt();
    }
  }

  @Override
  public void close() {
    heartbeat.shutdownNow();
  }
}

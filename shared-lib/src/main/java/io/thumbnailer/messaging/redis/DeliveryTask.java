package io.thumbnailer.messaging.redis;

import io.thumbnailer.log.LogContext;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.PermanentFailureException;
import io.thumbnailer.messaging.PostponedException;
import io.thumbnailer.messaging.RetryPolicy;
import io.thumbnailer.messaging.StaleLeaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Handles one delivery: runs the listener and translates its result into the message's transition.
 */
final class DeliveryTask {
  private static final System.Logger LOG = System.getLogger(DeliveryTask.class.getName());

  private static final Duration SHORTEST_POSTPONEMENT = Duration.ofSeconds(1);
  private static final Duration LONGEST_POSTPONEMENT = Duration.ofSeconds(5);

  /**
   * A postponed delivery counts as an attempt after this time, so that no message is postponed
   * forever.
   */
  private static final Duration LONGEST_OUTAGE = Duration.ofHours(6);

  private final RedisDelivery delivery;
  private final MessageListener listener;
  private final RetryPolicy retryPolicy;
  private final LeaseKeeper leases;

  DeliveryTask(
      RedisDelivery delivery,
      MessageListener listener,
      RetryPolicy retryPolicy,
      LeaseKeeper leases) {
    this.delivery = delivery;
    this.listener = listener;
    this.retryPolicy = retryPolicy;
    this.leases = leases;
  }

  void run() {
    LogContext.run(delivery.subject(), this::deliver);
  }

  private void deliver() {
    leases.hold(delivery);
    Throwable failure = null;
    try {
      listener.onMessage(delivery);
    } catch (Throwable e) { // even an OutOfMemoryError of one job must not stop the consumer
      failure = e;
    } finally {
      leases.release(delivery);
    }
    boolean interrupted = Thread.interrupted() || failure instanceof InterruptedException;
    try {
      end(failure, interrupted);
    } catch (MessagingException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "message {0} will be redelivered after its lease expires: {1}",
          delivery.message().id(),
          e.getMessage());
    }
  }

  private void end(Throwable failure, boolean interrupted) {
    if (delivery.acknowledged()) {
      if (failure != null) {
        LOG.log(
            System.Logger.Level.WARNING,
            "message "
                + delivery.message().id()
                + " was acknowledged, but its"
                + " listener failed afterwards",
            failure);
      }
      return;
    }
    if (!delivery.leaseHeld() || failure instanceof StaleLeaseException) {
      return;
    }
    if (interrupted) {
      var unused = delivery.handBack();
      return;
    }
    Throwable reason =
        failure == null
            ? new IllegalStateException("the listener returned without acknowledging the message")
            : failure;
    boolean last = delivery.deliveryCount() >= retryPolicy.maxAttempts();
    LOG.log(
        System.Logger.Level.WARNING,
        "delivery {0} of message {1} failed: {2}",
        delivery.deliveryCount(),
        delivery.message().id(),
        reason.toString());
    FailureText text =
        FailureText.of(reason instanceof PostponedException ? reason.getCause() : reason);
    boolean ours;
    if (reason instanceof PostponedException && delivery.sentAt().isAfter(longestOutage())) {
      ours = delivery.postpone(randomDelay(), text);
    } else if (reason instanceof PermanentFailureException || last) {
      ours = delivery.bury(text);
    } else {
      ours =
          delivery.retry(
              retryPolicy.delayAfter(delivery.deliveryCount(), ThreadLocalRandom.current()), text);
    }
    if (!ours) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "message {0} is now held by another consumer",
          delivery.message().id());
    }
  }

  /** Postponed deliveries of messages sent before this time count as attempts. */
  private static Instant longestOutage() {
    return Instant.now().minus(LONGEST_OUTAGE);
  }

  /** Spreads the retries, so that the whole queue does not become due at once. */
  private static Duration randomDelay() {
    return Duration.ofMillis(
        ThreadLocalRandom.current()
            .nextLong(SHORTEST_POSTPONEMENT.toMillis(), LONGEST_POSTPONEMENT.toMillis()));
  }
}

package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.Delivery;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.StaleLeaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A claimed message, and the transitions its holder may make. */
final class RedisDelivery implements Delivery {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final RedisQueue queue;
  private final Message message;
  private final int deliveryCount;
  private final Instant sentAt;
  private final String lease;
  private final Duration leaseTime;
  private volatile boolean leaseHeld = true;
  private volatile boolean acknowledged;

  RedisDelivery(RedisQueue queue, RecordFields fields, Duration leaseTime) {
    this.queue = queue;
    this.message = fields.message();
    this.deliveryCount = fields.deliveries();
    this.sentAt = fields.sentAt();
    this.lease = fields.lease();
    this.leaseTime = leaseTime;
  }

  @Override
  public Message message() {
    return message;
  }

  @Override
  public int deliveryCount() {
    return deliveryCount;
  }

  @Override
  public Instant sentAt() {
    return sentAt;
  }

  @Override
  public boolean leaseHeld() {
    return leaseHeld;
  }

  @Override
  public void acknowledge(String outcome) {
    List<String> arguments =
        List.of(message.id(), lease, RecordFields.outcome(outcome), queue.retentionMillis());
    if (!persistently(arguments)) {
      leaseHeld = false;
      throw new StaleLeaseException(message.id());
    }
    acknowledged = true;
  }

  private boolean persistently(List<String> arguments) {
    long giveUp = System.nanoTime() + leaseTime.toNanos();
    while (true) {
      try {
        return queue.test(RedisScript.ACKNOWLEDGE, arguments);
      } catch (MessagingException e) {
        if (Thread.currentThread().isInterrupted() || System.nanoTime() > giveUp) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(MessagingException reason) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }

  /** The id for log lines about this delivery. */
  String subject() {
    return message.correlationId().orElse(message.id());
  }

  boolean acknowledged() {
    return acknowledged;
  }

  void loseLease() {
    leaseHeld = false;
  }

  List<String> idAndLease() {
    return List.of(message.id(), lease);
  }

  boolean retry(Duration delay, FailureText failure) {
    return queue.test(RedisScript.RETRY, retryArguments(delay, failure, "1"));
  }

  /** Like a retry, but the delivery does not count. */
  boolean postpone(Duration delay, FailureText failure) {
    return queue.test(RedisScript.RETRY, retryArguments(delay, failure, "0"));
  }

  private List<String> retryArguments(Duration delay, FailureText failure, String counts) {
    return List.of(
        message.id(),
        lease,
        Long.toString(delay.toMillis()),
        failure.code(),
        failure.detail(),
        failure.stack(),
        counts);
  }

  boolean bury(FailureText failure) {
    return queue.test(
        RedisScript.BURY,
        List.of(message.id(), lease, failure.code(), failure.detail(), failure.stack()));
  }

  boolean handBack() {
    return queue.test(RedisScript.HANDBACK, idAndLease());
  }
}

package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.Delivery;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.StaleLeaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A claimed message and the transitions that its holder may make. */
final class RedisDelivery implements Delivery {
  private final RedisQueue queue;
  private final Message message;
  private final int deliveryCount;
  private final Instant sentAt;
  private final String fence;
  private volatile boolean leaseHeld = true;
  private volatile boolean acknowledged;

  RedisDelivery(RedisQueue queue, RecordFields fields) {
    this.queue = queue;
    this.message = fields.message();
    this.deliveryCount = fields.deliveries();
    this.sentAt = fields.sentAt();
    this.fence = fields.fence();
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
    List<String> arguments = List.of(message.id(), fence, outcome, queue.retentionMillis());
    if (!queue.test(RedisScript.ACKNOWLEDGE, arguments)) {
      leaseHeld = false;
      throw new StaleLeaseException(message.id());
    }
    acknowledged = true;
  }

  boolean acknowledged() {
    return acknowledged;
  }

  void loseLease() {
    leaseHeld = false;
  }

  List<String> idAndFence() {
    return List.of(message.id(), fence);
  }

  void retry(Duration delay, FailureText failure) {
    var unused =
        queue.test(
            RedisScript.RETRY,
            List.of(
                message.id(),
                fence,
                Long.toString(delay.toMillis()),
                failure.code(),
                failure.detail(),
                failure.stack()));
  }

  void bury(FailureText failure) {
    var unused =
        queue.test(
            RedisScript.BURY,
            List.of(message.id(), fence, failure.code(), failure.detail(), failure.stack()));
  }

  void handBack() {
    var unused = queue.test(RedisScript.HANDBACK, idAndFence());
  }
}

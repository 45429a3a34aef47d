package io.thumbnailer.messaging;

import java.time.Instant;

/**
 * One delivery of a message to one consumer, which holds the message's lease while it works. The
 * counterpart of a received {@code jakarta.jms.Message} in client-acknowledge mode.
 */
public interface Delivery {

  /** What was sent. */
  Message message();

  /** The number of deliveries including this one; 1 for the first. */
  int deliveryCount();

  /** When the message was sent. */
  Instant sentAt();

  /** Whether the message was delivered before. */
  default boolean redelivered() {
    return deliveryCount() > 1;
  }

  /**
   * Whether this consumer still holds the lease, as far as it knows without asking the broker.
   * False once a renewal was refused: another consumer holds the message, or it was removed, so
   * stop working. True is no guarantee: only {@link #acknowledge} asks the broker.
   */
  boolean leaseHeld();

  /**
   * Completes the message: in one atomic step checks the lease, records the outcome, and removes
   * the message from the queue. Safe to repeat. While the broker is unreachable, this method
   * retries for the duration of a lease, so that a restart of the broker wastes no work.
   *
   * @param outcome recorded with the message, readable by {@link MessageBrowser#find}
   * @throws StaleLeaseException if another consumer holds the message; nothing was changed
   * @throws MessagingException if the broker is unreachable; it is unknown whether the message was
   *     acknowledged
   */
  void acknowledge(String outcome);
}

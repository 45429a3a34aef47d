package io.thumbnailer.messaging;

import java.time.Instant;

/**
 * One delivery of a message to one consumer, which holds the message's lease while it works. The
 * counterpart of a received {@code jakarta.jms.Message} in client-acknowledge mode.
 */
public interface Delivery {

  /** What was sent. */
  Message message();

  /** How many times the message has been delivered, this time included; 1 for the first. */
  int deliveryCount();

  /** When the message was sent. */
  Instant sentAt();

  /** Whether the message was delivered before. */
  default boolean redelivered() {
    return deliveryCount() > 1;
  }

  /**
   * Whether this consumer still holds the lease, as far as it knows without asking the broker.
   * False once a renewal was refused: another consumer has the message, or it was removed; stop
   * working. True proves nothing: only {@link #acknowledge} asks.
   */
  boolean leaseHeld();

  /**
   * Completes the message: in one atomic step checks the lease, records the outcome, and removes
   * the message from the queue. Repeating it is harmless. While the broker cannot be reached it is
   * tried again for as long as a lease lasts, so that a restart of the broker costs no work.
   *
   * @param outcome recorded with the message, readable by {@link MessageBrowser#find}
   * @throws StaleLeaseException when another consumer has the message: nothing was done
   * @throws MessagingException when the broker cannot be reached: it is unknown whether it was done
   */
  void acknowledge(String outcome);
}

package io.thumbnailer.messaging;

import io.thumbnailer.limit.RateLimiter;

/**
 * A connection to the broker and the factory of everything that uses it. The counterpart of {@code
 * jakarta.jms.JMSContext}. Thread-safe.
 */
public interface MessagingContext extends AutoCloseable {

  /** A producer for the destination. */
  MessageProducer createProducer(Destination destination);

  /** A consumer for the destination, not started. */
  MessageConsumer createConsumer(Destination destination, ConsumerOptions options);

  /** A browser of the destination. */
  MessageBrowser createBrowser(Destination destination);

  /** The housekeeping of the destination. */
  QueueMaintenance maintenance(Destination destination);

  /** The idempotency keys that are remembered beside the destination. */
  IdempotencyKeys idempotencyKeys(Destination destination);

  /** The notices of ended messages of the destination. */
  Outbox outbox(Destination destination);

  /** The dead letters of the destination. */
  DeadLetters deadLetters(Destination destination);

  /** Limits that are counted by the broker. */
  RateLimiter rateLimiter();

  /**
   * Tells of the changes of a destination's messages, until the subscription is closed.
   *
   * @throws MessagingException when the broker cannot be reached
   */
  Subscription subscribe(Destination destination, ChangeListener listener);

  /**
   * Asks the broker for a sign of life.
   *
   * @throws MessagingException when there is none within the command time-out
   */
  void checkReachable();

  /** Closes the connections. Consumers must have been stopped. */
  @Override
  void close();
}

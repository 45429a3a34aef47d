package io.thumbnailer.messaging;

import io.thumbnailer.limit.RateLimiter;

/**
 * A connection to the broker, and the factory of everything that uses it. The counterpart of {@code
 * jakarta.jms.JMSContext}. Thread-safe.
 */
public interface MessagingContext extends AutoCloseable {

  /** A producer for the destination. */
  MessageProducer createProducer(Destination destination);

  /** A consumer for the destination; not started yet. */
  MessageConsumer createConsumer(Destination destination, ConsumerOptions options);

  /** A browser of the destination. */
  MessageBrowser createBrowser(Destination destination);

  /** The maintenance operations of the destination. */
  QueueMaintenance maintenance(Destination destination);

  /** The idempotency keys stored with the destination. */
  IdempotencyKeys idempotencyKeys(Destination destination);

  /** The end notices of the destination. */
  Outbox outbox(Destination destination);

  /** The dead letters of the destination. */
  DeadLetters deadLetters(Destination destination);

  /** Limits that are counted by the broker. */
  RateLimiter rateLimiter();

  /**
   * Reports the state changes of a destination's messages until the subscription is closed.
   *
   * @throws MessagingException if the broker is unreachable
   */
  Subscription subscribe(Destination destination, ChangeListener listener);

  /**
   * Checks that the broker responds.
   *
   * @throws MessagingException if it does not respond within the command time-out
   */
  void checkReachable();

  /** Closes the connections. Consumers must have been stopped. */
  @Override
  void close();
}

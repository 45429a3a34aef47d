package io.thumbnailer.messaging;

import java.time.Duration;

/**
 * Delivers the messages of one destination to a listener. The counterpart of {@code
 * jakarta.jms.JMSConsumer} with a message listener.
 */
public interface MessageConsumer extends AutoCloseable {

  /**
   * Starts fetching and returns immediately; an unreachable broker is retried until {@link #stop}.
   */
  void start(MessageListener listener);

  /**
   * Stops fetching immediately and lets running deliveries finish within the grace time. It then
   * interrupts the rest and hands the messages back, so that another consumer can start them
   * immediately.
   *
   * @param grace zero to hand back immediately
   */
  void stop(Duration grace);

  /** The number of running deliveries. */
  int busy();

  /**
   * The largest number of deliveries that ran at the same time since the last call. Unlike {@link
   * #busy}, it notices deliveries that are shorter than the time between two calls.
   */
  int takePeakBusy();

  /** The maximum number of running deliveries. */
  int capacity();

  /** Stops without a grace time. */
  @Override
  default void close() {
    stop(Duration.ZERO);
  }
}

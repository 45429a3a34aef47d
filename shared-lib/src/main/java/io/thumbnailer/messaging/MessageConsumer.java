package io.thumbnailer.messaging;

import java.time.Duration;

/**
 * Delivers the messages of one destination to a listener. The counterpart of {@code
 * jakarta.jms.JMSConsumer} with a message listener.
 */
public interface MessageConsumer extends AutoCloseable {

  /** Starts to fetch. Returns at once; an unreachable broker is retried until {@link #stop}. */
  void start(MessageListener listener);

  /**
   * Stops to fetch at once, lets what is in flight finish within the grace time, then interrupts it
   * and hands it back so that another consumer can start it immediately.
   *
   * @param grace zero to hand back at once
   */
  void stop(Duration grace);

  /** Deliveries being handled now. */
  int busy();

  /** Deliveries that can be handled at the same time. */
  int capacity();

  /** Stops without grace. */
  @Override
  default void close() {
    stop(Duration.ZERO);
  }
}

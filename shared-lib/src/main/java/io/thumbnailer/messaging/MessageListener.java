package io.thumbnailer.messaging;

/** Handles deliveries. The counterpart of {@code jakarta.jms.MessageListener}. */
@FunctionalInterface
public interface MessageListener {

  /**
   * Handles one delivery and calls {@link Delivery#acknowledge} once its effects are stored.
   * Returning without an acknowledgement counts as a transient failure.
   *
   * @throws PermanentFailureException if another attempt cannot succeed; the message becomes a dead
   *     letter immediately
   * @throws InterruptedException if the consumer is stopping; the message is handed back and the
   *     attempt does not count
   * @throws PostponedException if something that all messages need is unavailable: the message is
   *     delivered again after a delay and the attempt does not count
   * @throws Exception anything else is transient: the message is delivered again after a delay
   */
  void onMessage(Delivery delivery) throws Exception;
}

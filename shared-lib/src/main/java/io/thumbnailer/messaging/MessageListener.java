package io.thumbnailer.messaging;

/** Handles deliveries. The counterpart of {@code jakarta.jms.MessageListener}. */
@FunctionalInterface
public interface MessageListener {

  /**
   * Handles one delivery and calls {@link Delivery#acknowledge} once its effects are stored. A
   * return without acknowledgement counts as a transient failure.
   *
   * @throws PermanentFailureException when another attempt cannot succeed: the message goes to the
   *     dead letters at once
   * @throws InterruptedException when the consumer is stopping: the message is handed back and the
   *     attempt does not count
   * @throws Exception anything else is transient: the message is delivered again after a delay
   */
  void onMessage(Delivery delivery) throws Exception;
}

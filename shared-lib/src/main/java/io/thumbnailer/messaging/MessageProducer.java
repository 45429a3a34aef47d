package io.thumbnailer.messaging;

/** Sends messages to one destination. The counterpart of {@code jakarta.jms.JMSProducer}. */
public interface MessageProducer {

  /**
   * Stores the message's record and enqueues it in one atomic step.
   *
   * @return false when a message of this id is known already, whatever its state: nothing was done
   * @throws MessagingException when the broker cannot be reached or refuses; it is then unknown
   *     whether the message was sent, and sending it again is safe
   */
  boolean send(Message message);
}

package io.thumbnailer.messaging;

/** Sends messages to one destination. The counterpart of {@code jakarta.jms.JMSProducer}. */
public interface MessageProducer {

  /**
   * Stores the message's record and enqueues it in one atomic step.
   *
   * @return false if a message with this id already exists in any state; nothing was changed
   * @throws MessagingException if the broker is unreachable or refuses; it is then unknown whether
   *     the message was sent, and sending it again is safe
   */
  boolean send(Message message);
}

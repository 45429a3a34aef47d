package io.thumbnailer.messaging;

/** This consumer no longer holds the message's lease. */
public class StaleLeaseException extends MessagingException {
  /** Creates an exception for a message. */
  public StaleLeaseException(String messageId) {
    super("the lease of message " + messageId + " is no longer held");
  }
}

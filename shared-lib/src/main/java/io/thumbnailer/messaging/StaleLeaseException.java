package io.thumbnailer.messaging;

/** This consumer no longer holds the message's lease; another one has it. */
public class StaleLeaseException extends MessagingException {
  /** For the message of this id. */
  public StaleLeaseException(String messageId) {
    super("the lease of message " + messageId + " is no longer held");
  }
}

package io.thumbnailer.messaging;

/** The broker could not be reached or refused. The counterpart of {@code JMSRuntimeException}. */
public class MessagingException extends RuntimeException {
  /** With what was tried and why it failed. */
  public MessagingException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With what was tried. */
  public MessagingException(String message) {
    super(message);
  }
}

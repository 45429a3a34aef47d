package io.thumbnailer.messaging;

/**
 * The broker was unreachable or refused a request. The counterpart of {@code JMSRuntimeException}.
 */
public class MessagingException extends RuntimeException {
  /** Creates an exception that says what failed and why. */
  public MessagingException(String message, Throwable cause) {
    super(message, cause);
  }

  public MessagingException(String message) {
    super(message);
  }
}

package io.thumbnailer.messaging;

/**
 * A listener could not work because something that all messages need is unavailable. The delivery
 * does not count as an attempt, and the message is delivered again after a delay.
 */
public class PostponedException extends Exception {
  /** Creates an exception with the reason. */
  public PostponedException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}

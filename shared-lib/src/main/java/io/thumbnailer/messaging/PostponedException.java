package io.thumbnailer.messaging;

/**
 * A listener could not work because something that all messages need is away. The delivery does not
 * count as an attempt, and the message is delivered again after a delay.
 */
public class PostponedException extends Exception {
  /** With the reason. */
  public PostponedException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}

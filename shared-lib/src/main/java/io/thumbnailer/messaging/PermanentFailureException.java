package io.thumbnailer.messaging;

/** Another attempt cannot succeed: the message becomes a dead letter without a retry. */
public class PermanentFailureException extends Exception {
  private final String code;

  /**
   * Creates an exception with a cause.
   *
   * @param code stable and machine-readable
   * @param detail one sentence for a human reader
   */
  public PermanentFailureException(String code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  /** The stable code. */
  public String code() {
    return code;
  }
}

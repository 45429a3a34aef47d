package io.thumbnailer.messaging;

/** Another attempt cannot succeed: the message goes to the dead letters without a retry. */
public class PermanentFailureException extends Exception {
  private final String code;

  /**
   * With a cause.
   *
   * @param code stable and machine-readable
   * @param detail one sentence for people
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

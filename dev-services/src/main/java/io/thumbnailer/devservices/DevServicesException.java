package io.thumbnailer.devservices;

/** A development service could not be started, or did not work. */
public class DevServicesException extends RuntimeException {
  public DevServicesException(String message) {
    super(message);
  }

  /** Creates an exception that says what failed and why. */
  public DevServicesException(String message, Throwable cause) {
    super(message, cause);
  }
}

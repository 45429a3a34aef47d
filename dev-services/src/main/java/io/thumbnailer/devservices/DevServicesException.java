package io.thumbnailer.devservices;

/** A development service could not be started, or did not do what was asked of it. */
public class DevServicesException extends RuntimeException {
  /** With what was tried. */
  public DevServicesException(String message) {
    super(message);
  }

  /** With what was tried and why it failed. */
  public DevServicesException(String message, Throwable cause) {
    super(message, cause);
  }
}

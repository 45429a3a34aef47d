package io.thumbnailer.scalinglab.hpa;

/** A metric cannot be used for a decision; the message says why, in the controller's words. */
public class MetricsUnavailableException extends Exception {
  /** Creates an exception with the reason. */
  public MetricsUnavailableException(String message) {
    super(message);
  }
}

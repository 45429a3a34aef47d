package io.thumbnailer.cli.service;

/** The server does not stream events, or refuses to; the job can be requested instead. */
public final class EventsUnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  /** Creates an exception with a reason. */
  public EventsUnavailableException(String reason) {
    super(reason);
  }
}

package io.thumbnailer.ingest.lifecycle;

/**
 * A part of the application that starts with the server: it reads its settings, so that a wrong one
 * stops the server, and does what must be done before the first request.
 */
public interface StartTask {
  /** Throws {@link io.thumbnailer.config.InvalidSettingException} when a setting is wrong. */
  void start();
}

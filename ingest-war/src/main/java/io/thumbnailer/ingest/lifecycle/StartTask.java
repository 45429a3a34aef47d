package io.thumbnailer.ingest.lifecycle;

/**
 * A task that runs when the server starts: it reads its settings, so that an invalid one stops the
 * server, and does what must be done before the first request.
 */
public interface StartTask {
  /** Throws {@link io.thumbnailer.config.InvalidSettingException} if a setting is invalid. */
  void start();
}

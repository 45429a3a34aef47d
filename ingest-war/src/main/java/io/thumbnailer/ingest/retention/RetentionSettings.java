package io.thumbnailer.ingest.retention;

import io.thumbnailer.config.SettingsReader;
import java.time.Duration;
import java.util.Optional;

/**
 * Retention of objects in storage.
 *
 * @param thumbnails how long after their upload they are kept; empty for forever
 * @param interval between two checks
 */
record RetentionSettings(Optional<Duration> thumbnails, Duration interval) {

  /** Reads and checks the settings; throws {@code InvalidSettingException}. */
  static RetentionSettings from(SettingsReader settings) {
    Duration thumbnails =
        settings.duration(
            "thumbnailer.thumbnails.retention",
            Duration.ZERO,
            Duration.ofMinutes(1),
            Duration.ofDays(36_500));
    return new RetentionSettings(
        Optional.of(thumbnails).filter(time -> !time.isZero()),
        settings.duration(
            "thumbnailer.retention.interval",
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            Duration.ofDays(1)));
  }
}

package io.thumbnailer.ingest.job.events;

import io.thumbnailer.config.SettingsReader;
import java.time.Duration;

/**
 * The configuration of event streams.
 *
 * @param maxStreams open at the same time on this server
 * @param heartbeat idle time after which a stream gets a comment, so that proxies keep it open
 * @param lifetime time after which a stream is closed; its client reconnects
 */
public record EventSettings(int maxStreams, Duration heartbeat, Duration lifetime) {

  /** Reads and checks the settings; throws {@code InvalidSettingException}. */
  public static EventSettings from(SettingsReader settings) {
    return new EventSettings(
        settings.count("thumbnailer.events.max-streams", 5_000, 0, 1_000_000),
        settings.duration(
            "thumbnailer.events.heartbeat",
            Duration.ofSeconds(15),
            Duration.ofMillis(100),
            Duration.ofMinutes(5)),
        settings.duration(
            "thumbnailer.events.lifetime",
            Duration.ofMinutes(30),
            Duration.ofSeconds(1),
            Duration.ofDays(1)));
  }
}

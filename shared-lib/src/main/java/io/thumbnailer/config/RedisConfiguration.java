package io.thumbnailer.config;

import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.redis.RedisSettings;
import java.time.Duration;

/** Reads how Redis is reached, and the name of the queue of the jobs. */
public final class RedisConfiguration {
  /** The queue of the thumbnail jobs. */
  public static final Destination JOBS = new Destination("jobs");

  private RedisConfiguration() {}

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  public static RedisSettings from(SettingsReader settings) {
    String key = "thumbnailer.redis.url";
    String uri = settings.text(key, "REDIS_URL").orElse("redis://localhost:6379/0");
    try {
      return new RedisSettings(
          uri,
          settings.duration(
              "thumbnailer.redis.command-timeout",
              Duration.ofSeconds(2),
              Duration.ofMillis(50),
              Duration.ofMinutes(1)),
          settings.duration(
              "thumbnailer.redis.connect-timeout",
              Duration.ofSeconds(2),
              Duration.ofMillis(50),
              Duration.ofMinutes(1)),
          settings.text("thumbnailer.redis.key-prefix").orElse("thumbnailer"),
          settings.duration(
              "thumbnailer.job.retention",
              // S3 answers for a job that Redis no longer remembers, so memory need not.
              Duration.ofDays(1),
              Duration.ofMinutes(1),
              Duration.ofDays(3650)),
          settings.duration(
              "thumbnailer.dead-letter.retention",
              Duration.ofDays(14),
              Duration.ofMinutes(1),
              Duration.ofDays(3650)));
    } catch (IllegalArgumentException e) {
      // the URI may hold a password, so neither it nor the parser's message is repeated
      throw new InvalidSettingException(
          key, "is not a redis://, rediss://, redis-sentinel:// or redis-cluster:// URI");
    }
  }
}

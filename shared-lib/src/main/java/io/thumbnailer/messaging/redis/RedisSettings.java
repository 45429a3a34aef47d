package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How Redis is reached.
 *
 * @param uri as Lettuce reads it, with user and password: {@code redis://} or {@code rediss://};
 *     with Sentinel {@code redis-sentinel://host:port,host:port/database#master}; for a cluster
 *     {@code redis-cluster://host:port,host:port} or {@code rediss-cluster://}
 * @param commandTimeout for one command
 * @param connectTimeout for a connection
 * @param keyPrefix prefix of all keys
 * @param recordRetention how long the record of an ended or removed message is kept
 * @param deadLetterRetention how long a dead letter is kept that is neither replayed nor deleted
 */
public record RedisSettings(
    String uri,
    Duration commandTimeout,
    Duration connectTimeout,
    String keyPrefix,
    Duration recordRetention,
    Duration deadLetterRetention) {
  private static final String CLUSTER = "-cluster://";

  /** Throws {@link IllegalArgumentException} if the URI is not a Redis URI. */
  public RedisSettings {
    if (parse(uri).isEmpty()) {
      throw new IllegalArgumentException("the URI has no host");
    }
  }

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  public static RedisSettings from(SettingsReader settings) {
    String key = "thumbnailer.redis.url";
    String uri = settings.text(key, "REDIS_URL").orElse("redis://localhost:6379/0");
    try {
      return new RedisSettings(
          uri,
          settings.duration(
              "thumbnailer.redis.command-timeout",
              Duration.ofMillis(1500),
              Duration.ofMillis(50),
              Duration.ofMinutes(1)),
          settings.duration(
              "thumbnailer.redis.connect-timeout",
              Duration.ofMillis(1500),
              Duration.ofMillis(50),
              Duration.ofMinutes(1)),
          settings.text("thumbnailer.redis.key-prefix").orElse("thumbnailer"),
          settings.duration(
              "thumbnailer.job.retention",
              // S3 answers for jobs that Redis no longer has, so memory can be saved.
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

  /** Whether the URI names a cluster. */
  boolean cluster() {
    return uri.contains(CLUSTER);
  }

  /** One URI, or for a cluster one for each node that is named. */
  List<RedisURI> redisUris() {
    List<RedisURI> uris = parse(uri);
    uris.forEach(parsed -> parsed.setTimeout(commandTimeout));
    return uris;
  }

  private static List<RedisURI> parse(String uri) {
    return uri.contains(CLUSTER)
        ? RedisClusterURIUtil.toRedisURIs(URI.create(uri.replace(CLUSTER, "://")))
        : List.of(RedisURI.create(uri));
  }

  @Override
  public String toString() {
    return "RedisSettings[" + keyPrefix + "]"; // the URI may hold a password
  }
}

package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;

/**
 * How Redis is reached.
 *
 * @param uri as Lettuce reads it: {@code redis://}, {@code rediss://}, with user and password
 * @param commandTimeout for one command
 * @param connectTimeout for a connection
 * @param keyPrefix what all keys begin with
 * @param recordRetention how long the record of an ended message is kept
 */
public record RedisSettings(
    String uri,
    Duration commandTimeout,
    Duration connectTimeout,
    String keyPrefix,
    Duration recordRetention) {

  /** Throws {@link IllegalArgumentException} when the URI is none of Redis. */
  public RedisSettings {
    var unused = RedisURI.create(uri);
  }

  RedisURI redisUri() {
    RedisURI parsed = RedisURI.create(uri);
    parsed.setTimeout(commandTimeout);
    return parsed;
  }

  @Override
  public String toString() {
    return "RedisSettings[" + keyPrefix + "]"; // the URI may hold a password
  }
}

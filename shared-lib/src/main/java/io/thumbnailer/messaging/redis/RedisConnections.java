package io.thumbnailer.messaging.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;

/**
 * The connections to Redis. One is shared by all commands; each blocking reader has its own. They
 * are made when they are first needed, so that a server starts while Redis is away.
 */
final class RedisConnections implements AutoCloseable {
  private final RedisClient client;
  private StatefulRedisConnection<String, String> shared;

  RedisConnections(RedisSettings settings) {
    client = RedisClient.create(settings.redisUri());
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(settings.connectTimeout())
                    .keepAlive(true)
                    .build())
            .build());
  }

  synchronized StatefulRedisConnection<String, String> shared() {
    if (shared == null) {
      shared = open();
    }
    return shared;
  }

  /** A connection for blocking reads of up to the given time. */
  StatefulRedisConnection<String, String> blocking(Duration longest) {
    StatefulRedisConnection<String, String> connection = open();
    connection.setTimeout(longest.plus(connection.getTimeout()));
    return connection;
  }

  /** A connection for publish and subscribe. */
  StatefulRedisPubSubConnection<String, String> subscribing() {
    try {
      return client.connectPubSub();
    } catch (RedisException e) {
      throw new MessagingException("Redis cannot be reached", e);
    }
  }

  private StatefulRedisConnection<String, String> open() {
    try {
      return client.connect();
    } catch (RedisException e) {
      throw new MessagingException("Redis cannot be reached", e);
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}

package io.thumbnailer.messaging.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;

/**
 * The connections to Redis. One is shared by all commands; each blocking reader has its own. They
 * are opened when first needed, so that a server can start while Redis is unreachable.
 */
final class RedisConnections implements AutoCloseable {
  private final RedisSettings settings;
  private final AbstractRedisClient client;
  private Connection shared;

  RedisConnections(RedisSettings settings) {
    this.settings = settings;
    this.client = settings.cluster() ? clusterClient(settings) : singleClient(settings);
  }

  /**
   * One connection.
   *
   * @param connection to close it
   * @param commands the commands on it; a single server supports all cluster commands
   */
  record Connection(
      StatefulConnection<String, String> connection, RedisClusterCommands<String, String> commands)
      implements AutoCloseable {
    @Override
    public void close() {
      connection.close();
    }
  }

  /** The commands on the shared connection. */
  synchronized RedisClusterCommands<String, String> commands() {
    if (shared == null) {
      Connection opened = open();
      DurabilityCheck.warn(opened.commands());
      shared = opened;
    }
    return shared.commands();
  }

  /** A connection for blocking reads of up to the given time. */
  Connection blocking(Duration longest) {
    Connection connection = open();
    connection.connection().setTimeout(longest.plus(settings.commandTimeout()));
    return connection;
  }

  /** A connection for publish and subscribe. */
  StatefulRedisPubSubConnection<String, String> subscribing() {
    try {
      return client instanceof RedisClusterClient cluster
          ? cluster.connectPubSub()
          : ((RedisClient) client).connectPubSub();
    } catch (RedisException e) {
      throw new MessagingException("Redis is unreachable", e);
    }
  }

  private Connection open() {
    try {
      if (client instanceof RedisClusterClient cluster) {
        StatefulRedisClusterConnection<String, String> connection = cluster.connect();
        return new Connection(connection, connection.sync());
      }
      StatefulRedisConnection<String, String> connection = ((RedisClient) client).connect();
      return new Connection(connection, connection.sync());
    } catch (RedisException e) {
      throw new MessagingException("Redis is unreachable", e);
    }
  }

  private static RedisClient singleClient(RedisSettings settings) {
    RedisClient client = RedisClient.create(settings.redisUris().get(0));
    client.setOptions(options(settings));
    return client;
  }

  private static RedisClusterClient clusterClient(RedisSettings settings) {
    RedisClusterClient client = RedisClusterClient.create(settings.redisUris());
    client.setOptions(
        ClusterClientOptions.builder(options(settings))
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder().enablePeriodicRefresh().build())
            .build());
    return client;
  }

  private static ClientOptions options(RedisSettings settings) {
    return ClientOptions.builder()
        .disconnectedBehavior(whileDisconnected(settings))
        .replayFilter(RedisConnections::claims)
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .keepAlive(true)
                .build())
        .build();
  }

  /**
   * While a single server is unreachable, commands fail immediately. A cluster's commands wait up
   * to the command time-out: Lettuce connects to a node with the first command for it, and would
   * refuse that command too.
   */
  private static ClientOptions.DisconnectedBehavior whileDisconnected(RedisSettings settings) {
    return settings.cluster()
        ? ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS
        : ClientOptions.DisconnectedBehavior.REJECT_COMMANDS;
  }

  /**
   * Whether a command must not be replayed after a reconnect, as Lettuce does with pending
   * commands. Every transition is safe to repeat except a claim, which would take more messages.
   */
  private static boolean claims(RedisCommand<?, ?, ?> command) {
    return command.getType() == CommandType.EVALSHA
        && command.getArgs().toCommandString().contains(RedisScript.CLAIM.sha());
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}

package io.thumbnailer.messaging.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
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
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.resilience.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The connections to Redis. One is shared by all commands; each blocking reader has its own. They
 * are opened when first needed, so that a server can start while Redis is unreachable.
 */
final class RedisConnections implements AutoCloseable {
  /** A longer pause would delay the use of a Redis that is back. */
  private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(1);

  /**
   * How often Lettuce's timer wakes. It only ends the pauses between attempts to connect, which may
   * get longer by this; Lettuce's own timer wakes ten times a second in an idle server.
   */
  private static final Duration TIMER_TICK = Duration.ofMillis(500);

  private static final Duration PROBE_PAUSE = Duration.ofMillis(250);

  /** Unanswered probes after which a connection counts as dead. */
  private static final int UNANSWERED_PROBES = 2;

  private final RedisSettings settings;
  private final Timer timer =
      new HashedWheelTimer(
          new DefaultThreadFactory("redis-timer", true),
          TIMER_TICK.toMillis(),
          TimeUnit.MILLISECONDS);

  private final ClientResources resources;
  private final AbstractRedisClient client;
  private final CircuitBreaker breaker = new CircuitBreaker("redis", this::probe, PROBE_PAUSE);
  private volatile Connection shared;
  private int unansweredProbes; // of the probing thread

  RedisConnections(RedisSettings settings) {
    this.settings = settings;
    this.resources =
        ClientResources.builder()
            .timer(timer)
            .reconnectDelay(
                Delay.fullJitter(
                    Duration.ofMillis(50), LONGEST_RECONNECT_DELAY, 50, TimeUnit.MILLISECONDS))
            .build();
    this.client =
        settings.cluster() ? clusterClient(settings, resources) : singleClient(settings, resources);
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

  /**
   * Calls Redis on the shared connection. If Redis hangs, only the callers that called before the
   * first time-out wait for a time-out; all others fail immediately until Redis answers again.
   *
   * @throws MessagingException if Redis is known not to answer
   * @throws RedisException if the call fails
   */
  <T> T call(Function<RedisClusterCommands<String, String>, T> command) {
    failWhileOpen();
    try {
      return command.apply(commands());
    } catch (RedisCommandTimeoutException | RedisConnectionException | MessagingException e) {
      breaker.trip();
      throw e;
    }
  }

  private void failWhileOpen() {
    if (breaker.isOpen()) {
      throw new MessagingException("Redis does not respond");
    }
  }

  /** The commands on the shared connection, which one caller at a time opens. */
  RedisClusterCommands<String, String> commands() {
    Connection open = shared;
    return (open != null ? open : sharedConnection(this::failWhileOpen)).commands();
  }

  private synchronized Connection sharedConnection(Runnable check) {
    if (shared == null) {
      check.run(); // another caller may have tripped the breaker in the meantime
      Connection opened = open();
      DurabilityCheck.warn(opened.commands());
      shared = opened;
    }
    return shared;
  }

  /**
   * Probes the connection and replaces it if there is no answer: if a host disappears without a
   * reset, TCP alone takes about 15 minutes to give up.
   */
  private void probe() {
    Connection probed = sharedConnection(() -> {});
    try {
      var unused = probed.commands().ping();
      unansweredProbes = 0;
    } catch (RedisCommandTimeoutException e) {
      if (++unansweredProbes >= UNANSWERED_PROBES) {
        unansweredProbes = 0;
        shared = null;
        var unused = probed.connection().closeAsync();
      }
      throw e;
    }
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

  private static RedisClient singleClient(RedisSettings settings, ClientResources resources) {
    RedisClient client = RedisClient.create(resources, settings.redisUris().get(0));
    client.setOptions(options(settings));
    return client;
  }

  private static RedisClusterClient clusterClient(
      RedisSettings settings, ClientResources resources) {
    RedisClusterClient client = RedisClusterClient.create(resources, settings.redisUris());
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
        .socketOptions(socketOptions(settings))
        .build();
  }

  /**
   * Detects within about 10 s that a peer has disappeared without a reset, even on an idle
   * connection.
   */
  private static SocketOptions socketOptions(RedisSettings settings) {
    SocketOptions.Builder options =
        SocketOptions.builder()
            .connectTimeout(settings.connectTimeout())
            .keepAlive(
                SocketOptions.KeepAliveOptions.builder()
                    .enable()
                    .idle(Duration.ofSeconds(5))
                    .interval(Duration.ofSeconds(2))
                    .count(3)
                    .build());
    if (EpollProvider.isAvailable()) {
      options.tcpUserTimeout(
          SocketOptions.TcpUserTimeoutOptions.builder()
              .enable()
              .tcpUserTimeout(Duration.ofSeconds(10))
              .build());
    }
    return options.build();
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
    breaker.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
    var unusedTimeouts = timer.stop();
  }
}

package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityCheckTest {
  /** Kept in a field, because otherwise the logging framework discards it with its handler. */
  private final Logger logger = Logger.getLogger(DurabilityCheck.class.getName());

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          warnings.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir private Path directory;
  private RedisServer redis;
  private RedisClient client;
  private StatefulRedisConnection<String, String> connection;

  @BeforeEach
  void start() {
    redis = RedisServer.start(LocalPort.free(), directory);
    client = RedisClient.create(redis.uri().toString());
    connection = client.connect();
    logger.addHandler(handler);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(handler);
    connection.close();
    client.shutdown();
    redis.close();
  }

  @Test
  void aDurableRedisCausesNoWarning() {
    connectAsAServerDoes();

    assertThat(warnings).isEmpty();
  }

  @Test
  void evictionAndAMissingAppendOnlyFileCauseWarningsThatNameTheRisk() {
    RedisCommands<String, String> commands = connection.sync();
    commands.configSet("maxmemory-policy", "allkeys-lru");
    commands.configSet("appendonly", "no");

    connectAsAServerDoes();

    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("noeviction", "lost");
    assertThat(warnings.get(1)).contains("appendonly", "loses");
  }

  private void connectAsAServerDoes() {
    RedisSettings settings =
        new RedisSettings(
            redis.uri().toString(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            "test",
            Duration.ofDays(1),
            Duration.ofDays(1));
    try (RedisMessagingContext context = RedisMessagingContext.connect(settings)) {
      context.checkReachable();
    }
  }
}

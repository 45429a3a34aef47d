package io.thumbnailer.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {
  @TempDir Path directory;

  @Test
  void keepsDataAcrossStopAndKill() throws IOException, InterruptedException {
    try (RedisServer redis = RedisServer.start(LocalPort.free(), directory)) {
      assertThat(call(redis, "SET", "a", "1")).isEqualTo("+OK");
      redis.restart();
      assertThat(call(redis, "INCR", "a")).isEqualTo(":2");
      Thread.sleep(1_500); // The append-only file is flushed every second.
      long killed = redis.pid();
      redis.kill();
      assertThat(redis.isRunning()).isFalse();
      redis.restart();
      assertThat(redis.pid()).isNotEqualTo(killed);
      assertThat(call(redis, "INCR", "a")).isEqualTo(":3");
    }
  }

  @Test
  void endsItsProcessOnClose() {
    RedisServer redis = RedisServer.start(LocalPort.free(), directory);
    redis.close();
    redis.close();
    assertThat(ProcessHandle.of(redis.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(directory.resolve("redis.pid")).doesNotExist();
  }

  @Test
  void requiresThePassword() throws IOException {
    Optional<String> password = Optional.of("open \"sesame\"");
    try (RedisServer redis = RedisServer.start(LocalPort.free(), directory, password);
        RedisConnection stranger = new RedisConnection(redis.port(), Optional.empty());
        RedisConnection friend = new RedisConnection(redis.port(), password)) {
      assertThat(stranger.call("PING")).startsWith("-NOAUTH");
      assertThat(friend.call("PING")).isEqualTo("+PONG");
      assertThat(redis.uri().toString()).contains(":open%20%22sesame%22@");
    }
  }

  @Test
  void stopsALeftoverServerOfItsDirectory() throws IOException {
    RedisServer leftover = RedisServer.start(LocalPort.free(), directory);
    call(leftover, "SET", "kept", "41");
    try (RedisServer redis = RedisServer.start(LocalPort.free(), directory)) {
      assertThat(leftover.isRunning()).isFalse();
      assertThat(call(redis, "INCR", "kept")).isEqualTo(":42");
    }
  }

  @Test
  void refusesWritesWhenFullInsteadOfEvicting() throws IOException {
    try (RedisServer redis = RedisServer.start(LocalPort.free(), directory)) {
      assertThat(call(redis, "CONFIG", "SET", "maxmemory", "1")).isEqualTo("+OK");
      assertThat(call(redis, "SET", "a", "1")).startsWith("-OOM");
    }
  }

  private static String call(RedisServer redis, String... words) throws IOException {
    try (RedisConnection connection = new RedisConnection(redis.port(), Optional.empty())) {
      return connection.call(words);
    }
  }
}

package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.thumbnailer.messaging.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A destination in Redis.
 *
 * @param connections to Redis
 * @param base prefix of all keys of the destination, including the hash tag
 * @param retention how long the record of an ended message is kept
 * @param deadLetterRetention how long a dead letter is kept
 */
record RedisQueue(
    RedisConnections connections, String base, Duration retention, Duration deadLetterRetention) {

  String key(String name) {
    return base + name;
  }

  String recordKey(String messageId) {
    return base + "message:" + messageId;
  }

  String retentionMillis() {
    return Long.toString(retention.toMillis());
  }

  boolean test(RedisScript script, List<String> arguments) {
    return number(script, arguments) == 1;
  }

  <T> List<T> list(RedisScript script, List<String> arguments) {
    return script.run(connections, ScriptOutputType.MULTI, base, arguments);
  }

  long number(RedisScript script, List<String> arguments) {
    return script.<Long>run(connections, ScriptOutputType.INTEGER, base, arguments);
  }

  /** Runs a plain command; if it fails, the error says what it was for. */
  <T> T ask(String what, Function<RedisClusterCommands<String, String>, T> command) {
    try {
      return connections.call(command);
    } catch (RedisException e) {
      throw new MessagingException("Redis could not " + what, e);
    }
  }
}

package io.thumbnailer.messaging.redis;

import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;

/**
 * A destination in Redis.
 *
 * @param connections to Redis
 * @param base what all keys of the destination begin with, hash tag included
 * @param retention how long the record of an ended message is kept
 */
record RedisQueue(RedisConnections connections, String base, Duration retention) {

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
    return script.test(connections, base, arguments);
  }

  <T> List<T> list(RedisScript script, List<String> arguments) {
    return script.run(connections, ScriptOutputType.MULTI, base, arguments);
  }

  long number(RedisScript script, List<String> arguments) {
    return script.<Long>run(connections, ScriptOutputType.INTEGER, base, arguments);
  }
}

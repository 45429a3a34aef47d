package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.codec.Base16;
import io.thumbnailer.messaging.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The transitions of a message: each is one Lua script, so each is atomic. */
enum RedisScript {
  SEND,
  CLAIM,
  ABANDON,
  ATTEND,
  RENEW,
  ACKNOWLEDGE,
  RETRY,
  BURY,
  HANDBACK,
  REAP,
  REMOVE,
  FORGET,
  LIMIT,
  REPLAY,
  STATISTICS,
  SAMPLE,
  CONSUMERS,
  REPAIR,
  SWEEP,
  TASK,
  REMEMBER;

  private final String source = read("prelude") + read(name().toLowerCase(Locale.ROOT));
  private final String sha = Base16.digest(source.getBytes(StandardCharsets.UTF_8));

  /** The digest by which Redis identifies the script. */
  String sha() {
    return sha;
  }

  /** Runs the script by its digest, or by its source if Redis does not know it yet. */
  @SuppressWarnings(
      "TypeParameterUnusedInFormals") // Lettuce's own signature: the output type decides
  <T> T run(
      RedisConnections connections, ScriptOutputType type, String base, List<String> arguments) {
    String[] keys = {base};
    String[] values = arguments.toArray(String[]::new);
    try {
      return connections.call(
          commands -> {
            try {
              return commands.evalsha(sha, type, keys, values);
            } catch (RedisNoScriptException e) {
              return commands.eval(source, type, keys, values);
            }
          });
    } catch (RedisException e) {
      throw new MessagingException(
          "the Redis script " + name().toLowerCase(Locale.ROOT) + " failed", e);
    }
  }

  private static String read(String name) {
    try (InputStream in = RedisScript.class.getResourceAsStream(name + ".lua")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("no script " + name, e);
    }
  }
}

package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;

/** Warns at the first connection if the configuration of Redis may lose data. */
final class DurabilityCheck {
  private static final System.Logger LOG = System.getLogger(DurabilityCheck.class.getName());

  private DurabilityCheck() {}

  /** Logs a warning for each risk. Uses INFO, because managed services refuse CONFIG. */
  static void warn(RedisClusterCommands<String, String> commands) {
    try {
      if (!commands.info("memory").contains("maxmemory_policy:noeviction")) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Redis may evict keys when its memory is full (maxmemory-policy is not noeviction):"
                + " queued messages can be lost");
      }
      if (!commands.info("persistence").contains("aof_enabled:1")) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Redis keeps no append-only file (appendonly is not yes): a restart loses the"
                + " messages sent and acknowledged since its last snapshot");
      }
    } catch (RedisException e) {
      LOG.log(System.Logger.Level.WARNING, "could not read Redis' durability settings", e);
    }
  }
}

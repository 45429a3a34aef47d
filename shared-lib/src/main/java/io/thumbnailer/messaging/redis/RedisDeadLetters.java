package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisException;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagingException;
import java.util.List;
import java.util.Optional;

/** The dead letters: a sorted set of ids by the time of their last failure. */
final class RedisDeadLetters implements DeadLetters {
  private final RedisQueue queue;
  private final MessageBrowser records;

  RedisDeadLetters(RedisQueue queue) {
    this.queue = queue;
    this.records = new RedisMessageBrowser(queue);
  }

  @Override
  public Page list(Optional<String> cursor, int limit) {
    long offset = cursor.map(Long::parseLong).orElse(0L);
    List<String> ids = ids(offset, offset + limit);
    boolean more = ids.size() > limit;
    return new Page(
        ids.stream().limit(limit).flatMap(id -> records.find(id).stream()).toList(),
        more ? Optional.of(Long.toString(offset + limit)) : Optional.empty());
  }

  @Override
  public boolean replay(String messageId) {
    return queue.test(RedisScript.REPLAY, List.of(messageId));
  }

  @Override
  public long replayAll() {
    return ids(0, -1).stream().filter(this::replay).count();
  }

  @Override
  public boolean delete(String messageId) {
    return queue.test(RedisScript.REMOVE, List.of(messageId, "DEAD"));
  }

  private List<String> ids(long from, long to) {
    try {
      return queue.connections().shared().sync().zrevrange(queue.key("dead"), from, to);
    } catch (RedisException e) {
      throw new MessagingException("Redis did not list the dead letters", e);
    }
  }
}

package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisException;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueStatistics;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads records and counts. */
final class RedisMessageBrowser implements MessageBrowser {
  private static final Priority[] LANES = Priority.values();

  private final RedisQueue queue;

  RedisMessageBrowser(RedisQueue queue) {
    this.queue = queue;
  }

  @Override
  public Optional<MessageRecord> find(String messageId) {
    try {
      Map<String, String> fields =
          queue.connections().shared().sync().hgetall(queue.recordKey(messageId));
      return fields.isEmpty()
          ? Optional.empty()
          : Optional.of(new RecordFields(messageId, fields).messageRecord());
    } catch (RedisException e) {
      throw new MessagingException("Redis did not find a message", e);
    }
  }

  @Override
  public boolean remove(String messageId) {
    return queue.test(RedisScript.REMOVE, List.of(messageId, ""));
  }

  @Override
  public QueueStatistics statistics() {
    List<String> lanes = Arrays.stream(LANES).map(RecordFields::lane).toList();
    List<Long> counts = queue.list(RedisScript.STATISTICS, lanes);
    Map<Priority, Long> backlog = new EnumMap<>(Priority.class);
    for (int i = 0; i < LANES.length; i++) {
      backlog.put(LANES[i], counts.get(i));
    }
    return new QueueStatistics(
        backlog,
        counts.get(LANES.length),
        counts.get(LANES.length + 1),
        counts.get(LANES.length + 2),
        Duration.ofMillis(counts.get(LANES.length + 3)));
  }
}

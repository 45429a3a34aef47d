package io.thumbnailer.messaging.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    return queue.test(RedisScript.REMOVE, List.of(messageId, "", queue.retentionMillis()));
  }

  @Override
  public void forget(String messageId) {
    var unused = queue.test(RedisScript.FORGET, List.of(messageId));
  }

  @Override
  public MessagePage list(Set<MessageState> states, Optional<String> below, int limit) {
    Range<String> range =
        below
            .map(id -> Range.from(Range.Boundary.<String>unbounded(), Range.Boundary.excluding(id)))
            .orElseGet(Range::unbounded);
    List<String> ids =
        states.stream()
            .flatMap(state -> listed(state, range, limit + 1L).stream())
            .sorted(Comparator.reverseOrder())
            .distinct() // it may change its state between two looks
            .limit(limit + 1L)
            .toList();
    List<String> page = ids.subList(0, Math.min(limit, ids.size()));
    List<MessageRecord> records = new ArrayList<>();
    for (String id : page) {
      find(id)
          .ifPresentOrElse(
              found -> {
                if (states.contains(found.state())) {
                  records.add(found);
                }
              },
              () -> unlist(id, states));
    }
    return new MessagePage(
        records, ids.size() > limit ? Optional.of(page.get(limit - 1)) : Optional.empty());
  }

  /** Records go by themselves when their retention ends; their places in the lists do not. */
  private void unlist(String id, Set<MessageState> states) {
    try {
      for (MessageState state : states) {
        var unused = queue.connections().shared().sync().zrem(queue.key("state:" + state), id);
      }
    } catch (RedisException e) {
      throw new MessagingException("Redis did not tidy a list", e);
    }
  }

  private List<String> listed(MessageState state, Range<String> range, long limit) {
    try {
      return queue
          .connections()
          .shared()
          .sync()
          .zrevrangebylex(queue.key("state:" + state), range, Limit.create(0, limit));
    } catch (RedisException e) {
      throw new MessagingException("Redis did not list the messages", e);
    }
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

package io.thumbnailer.messaging.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.PresentConsumer;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueMaintenance;
import io.thumbnailer.messaging.QueueSample;
import io.thumbnailer.messaging.QueueStatistics;
import java.time.Duration;
import java.time.Instant;
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

  /** The seconds over which the script counts. */
  private static final double WINDOW = 60;

  private final RedisQueue queue;

  RedisMessageBrowser(RedisQueue queue) {
    this.queue = queue;
  }

  @Override
  public Optional<MessageRecord> find(String messageId) {
    Map<String, String> fields = record(messageId);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> body =
        Optional.ofNullable(
            queue.ask("find a message", commands -> commands.get(queue.key("body:" + messageId))));
    if (body.isEmpty()) {
      // The message has been removed, maybe after its record was read. Only a tombstone has no
      // body.
      fields = record(messageId);
      if (!MessageState.REMOVED.name().equals(fields.get("state"))) {
        return Optional.empty();
      }
    }
    return Optional.of(new RecordFields(messageId, fields, body.orElse("")).messageRecord());
  }

  private Map<String, String> record(String messageId) {
    return queue.ask("find a message", commands -> commands.hgetall(queue.recordKey(messageId)));
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
            .distinct() // its state may change between two reads
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

  /** Records expire by themselves; their entries in the lists do not. */
  private void unlist(String id, Set<MessageState> states) {
    for (MessageState state : states) {
      var unused =
          queue.ask("update a list", commands -> commands.zrem(queue.key("state:" + state), id));
    }
  }

  private List<String> listed(MessageState state, Range<String> range, long limit) {
    return queue.ask(
        "list the messages",
        commands ->
            commands.zrevrangebylex(queue.key("state:" + state), range, Limit.create(0, limit)));
  }

  @Override
  public QueueStatistics statistics() {
    return statistics(queue.list(RedisScript.STATISTICS, List.of()), WINDOW);
  }

  @Override
  public List<PresentConsumer> consumers() {
    List<List<String>> found = queue.list(RedisScript.CONSUMERS, List.of());
    return found.stream()
        .map(
            fields ->
                new PresentConsumer(
                    fields.get(0),
                    fields.get(1),
                    Integer.parseInt(fields.get(2)),
                    Integer.parseInt(fields.get(3)),
                    Instant.ofEpochMilli(Long.parseLong(fields.get(4))),
                    Double.parseDouble(fields.get(5))))
        .sorted(Comparator.comparing(PresentConsumer::name))
        .toList();
  }

  @Override
  public List<QueueSample> history(Instant after) {
    Range<Long> later =
        Range.from(
            Range.Boundary.excluding(after.toEpochMilli()), Range.Boundary.<Long>unbounded());
    return queue
        .ask("read the history", commands -> commands.zrangebyscore(queue.key("history"), later))
        .stream()
        .map(RedisMessageBrowser::sample)
        .toList();
  }

  private static QueueSample sample(String text) {
    List<Long> numbers = Arrays.stream(text.split(" ", -1)).map(Long::valueOf).toList();
    return new QueueSample(
        Instant.ofEpochMilli(numbers.get(0)),
        statistics(
            numbers.subList(1, numbers.size()),
            QueueMaintenance.SAMPLE_INTERVAL.toMillis() / 1000.0));
  }

  /**
   * Converts the script's counts. Those of sent and ended messages cover the given number of
   * seconds.
   */
  private static QueueStatistics statistics(List<Long> counts, double seconds) {
    Map<Priority, Long> backlog = new EnumMap<>(Priority.class);
    for (int i = 0; i < LANES.length; i++) {
      backlog.put(LANES[i], counts.get(i));
    }
    List<Long> rest = counts.subList(LANES.length, counts.size());
    return new QueueStatistics(
        backlog,
        rest.get(0),
        rest.get(1),
        rest.get(2),
        Duration.ofMillis(rest.get(3)),
        rest.get(4) / seconds,
        rest.get(5) / seconds,
        rest.get(6),
        rest.get(7));
  }
}

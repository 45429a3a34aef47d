package io.thumbnailer.ingest.fakes;

import static io.thumbnailer.messaging.MessageState.DELIVERED;
import static io.thumbnailer.messaging.MessageState.QUEUED;
import static io.thumbnailer.messaging.MessageState.RETRYING;

import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageProducer;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.PresentConsumer;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueSample;
import io.thumbnailer.messaging.QueueStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** A queue in memory that holds records and figures of the test's choice, or is unreachable. */
public final class FakeQueue implements MessageBrowser {
  private final ConcurrentSkipListMap<String, MessageRecord> records =
      new ConcurrentSkipListMap<>();
  private volatile QueueStatistics statistics = statistics(0, 0, 0);
  private volatile boolean unreachable;

  /** Figures with a backlog, delayed messages, and a number of messages done per second. */
  public static QueueStatistics statistics(long backlog, long delayed, double serviceRate) {
    return new QueueStatistics(
        Map.of(Priority.NORMAL, backlog), 0, delayed, 0, Duration.ZERO, 0, serviceRate, 1, 1);
  }

  public void setStatistics(QueueStatistics statistics) {
    this.statistics = statistics;
  }

  public void setUnreachable(boolean unreachable) {
    this.unreachable = unreachable;
  }

  public void add(MessageRecord found) {
    records.put(found.message().id(), found);
  }

  /** Puts a message into a state; its record is replaced. */
  public void put(Message message, MessageState state, Instant at, String outcome) {
    boolean ended = !EnumSet.of(QUEUED, DELIVERED, RETRYING).contains(state);
    add(
        new MessageRecord(
            message,
            state,
            1,
            at,
            at,
            Optional.empty(),
            ended ? Optional.of(at) : Optional.empty(),
            Optional.empty(),
            Optional.ofNullable(outcome),
            0));
  }

  /** Sends to this queue. */
  public MessageProducer producer() {
    return message -> {
      check();
      boolean isNew = !records.containsKey(message.id());
      if (isNew) {
        put(message, QUEUED, Instant.now(), null);
      }
      return isNew;
    };
  }

  @Override
  public Optional<MessageRecord> find(String messageId) {
    check();
    return Optional.ofNullable(records.get(messageId));
  }

  @Override
  public boolean remove(String messageId) {
    check();
    return records.remove(messageId) != null;
  }

  @Override
  public void forget(String messageId) {
    check();
    records.remove(messageId);
  }

  @Override
  public MessagePage list(Set<MessageState> states, Optional<String> below, int limit) {
    check();
    return new MessagePage(
        records.descendingMap().values().stream()
            .filter(found -> states.contains(found.state()))
            .filter(found -> below.isEmpty() || found.message().id().compareTo(below.get()) < 0)
            .limit(limit)
            .toList(),
        Optional.empty());
  }

  @Override
  public QueueStatistics statistics() {
    check();
    return statistics;
  }

  @Override
  public List<PresentConsumer> consumers() {
    check();
    return List.of();
  }

  @Override
  public List<QueueSample> history(Instant after) {
    check();
    return List.of();
  }

  private void check() {
    if (unreachable) {
      throw new MessagingException("the queue is unreachable");
    }
  }
}

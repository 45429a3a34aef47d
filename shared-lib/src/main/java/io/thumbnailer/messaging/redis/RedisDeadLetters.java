package io.thumbnailer.messaging.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagePage;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dead letters: a sorted set of ids by the time of their last failure. */
final class RedisDeadLetters implements DeadLetters {
  private final RedisQueue queue;
  private final MessageBrowser records;

  RedisDeadLetters(RedisQueue queue) {
    this.queue = queue;
    this.records = new RedisMessageBrowser(queue);
  }

  @Override
  public MessagePage list(Optional<String> cursor, int limit) {
    List<ScoredValue<String>> found =
        cursor
            .map(Position::parse)
            .map(last -> after(last, limit + 1L))
            .orElseGet(() -> newest(Range.unbounded(), limit + 1L));
    List<ScoredValue<String>> page = found.subList(0, Math.min(limit, found.size()));
    return new MessagePage(
        page.stream().flatMap(dead -> records.find(dead.getValue()).stream()).toList(),
        found.size() > limit
            ? Optional.of(Position.of(page.get(limit - 1)).toString())
            : Optional.empty());
  }

  @Override
  public boolean replay(String messageId) {
    return queue.test(RedisScript.REPLAY, List.of(messageId, ""));
  }

  @Override
  public long replayAll() {
    return ids(0, -1).stream()
        .filter(id -> queue.test(RedisScript.REPLAY, List.of(id, WORKER_KILLED)))
        .count();
  }

  @Override
  public boolean delete(String messageId) {
    return queue.test(RedisScript.REMOVE, List.of(messageId, "DEAD", queue.retentionMillis()));
  }

  private List<ScoredValue<String>> after(Position last, long count) {
    Long failedAt = last.failedAt();
    Stream<ScoredValue<String>> sameMoment =
        newest(Range.create(failedAt, failedAt), Integer.MAX_VALUE).stream()
            .filter(dead -> dead.getValue().compareTo(last.id()) < 0);
    Range<Long> older =
        Range.from(Range.Boundary.<Long>unbounded(), Range.Boundary.excluding(failedAt));
    return Stream.concat(sameMoment, newest(older, count).stream()).limit(count).toList();
  }

  private List<ScoredValue<String>> newest(Range<Long> failedAt, long count) {
    return queue.ask(
        "list the dead letters",
        commands ->
            commands.zrevrangebyscoreWithScores(
                queue.key("dead"), failedAt, Limit.create(0, count)));
  }

  private List<String> ids(long from, long to) {
    return queue.ask(
        "list the dead letters", commands -> commands.zrevrange(queue.key("dead"), from, to));
  }

  /**
   * The last dead letter of a page. An offset from the newest would skip some after others were
   * replayed.
   *
   * @param failedAt time of failure in ms since 1970
   * @param id the message, for the order within one millisecond
   */
  private record Position(long failedAt, String id) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})-(.+)");

    static Position of(ScoredValue<String> dead) {
      return new Position((long) dead.getScore(), dead.getValue());
    }

    static Position parse(String cursor) {
      Matcher matcher = FORM.matcher(cursor);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("invalid cursor");
      }
      return new Position(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    @Override
    public String toString() {
      return failedAt + "-" + id;
    }
  }
}

package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.Outbox;
import java.time.Instant;
import java.util.List;

/** The end notices: a sorted set of "time id", scored by time, written by the scripts. */
final class RedisOutbox implements Outbox {
  private final RedisQueue queue;

  RedisOutbox(RedisQueue queue) {
    this.queue = queue;
  }

  @Override
  public List<EndNotice> pending(int limit) {
    return queue
        .ask("list the outbox", commands -> commands.zrange(queue.key("ended"), 0, limit - 1L))
        .stream()
        .map(RedisOutbox::parse)
        .toList();
  }

  @Override
  public void done(EndNotice notice) {
    String member = notice.endedAt().toEpochMilli() + " " + notice.messageId();
    var unused =
        queue.ask("remove an outbox entry", commands -> commands.zrem(queue.key("ended"), member));
  }

  private static EndNotice parse(String member) {
    int space = member.indexOf(' ');
    return new EndNotice(
        member.substring(space + 1),
        Instant.ofEpochMilli(Long.parseLong(member.substring(0, space))));
  }
}

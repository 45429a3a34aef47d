package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageProducer;
import java.util.List;

/** Sends with one script, which makes it safe to repeat a send. */
final class RedisMessageProducer implements MessageProducer {
  private final RedisQueue queue;

  RedisMessageProducer(RedisQueue queue) {
    this.queue = queue;
  }

  @Override
  public boolean send(Message message) {
    return queue.test(
        RedisScript.SEND,
        List.of(
            message.id(),
            RecordFields.lane(message.priority()),
            Long.toString(message.deliveryDelay().toMillis()),
            RecordFields.bodyOf(message),
            message.timeToLive().map(life -> Long.toString(life.toMillis())).orElse(""),
            message.endNotice() ? "1" : "0"));
  }
}

package io.thumbnailer.messaging.redis;

import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageProducer;
import java.util.ArrayList;
import java.util.List;

/** Sends with one script, which also makes a repeated send harmless. */
final class RedisMessageProducer implements MessageProducer {
  private final RedisQueue queue;

  RedisMessageProducer(RedisQueue queue) {
    this.queue = queue;
  }

  @Override
  public boolean send(Message message) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                message.id(),
                RecordFields.lane(message.priority()),
                Long.toString(message.deliveryDelay().toMillis())));
    arguments.addAll(RecordFields.ofMessage(message));
    return queue.test(RedisScript.SEND, arguments);
  }
}

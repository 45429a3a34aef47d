package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.thumbnailer.messaging.ChangeListener;
import io.thumbnailer.messaging.MessageChange;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Subscription;
import java.time.Instant;

/**
 * Receives the changes that the scripts publish, on its own connection. Messages published while a
 * subscriber is disconnected are lost; Lettuce resubscribes automatically, and the listener is
 * notified that it may have missed changes.
 */
final class RedisChangeFeed extends RedisPubSubAdapter<String, String> implements Subscription {
  private final StatefulRedisPubSubConnection<String, String> connection;
  private final ChangeListener listener;

  private RedisChangeFeed(
      StatefulRedisPubSubConnection<String, String> connection, ChangeListener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  static RedisChangeFeed open(RedisQueue queue, ChangeListener listener) {
    RedisChangeFeed feed = new RedisChangeFeed(queue.connections().subscribing(), listener);
    try {
      feed.connection.addListener(feed);
      feed.connection.sync().subscribe(queue.key("changes"));
      return feed;
    } catch (RedisException e) {
      feed.close();
      throw new MessagingException("could not subscribe to Redis", e);
    }
  }

  @Override
  public void message(String channel, String message) {
    String[] words = message.split(" ", 4);
    listener.changed(
        new MessageChange(
            words[3],
            MessageState.valueOf(words[0]),
            Instant.ofEpochMilli(Long.parseLong(words[1])),
            Integer.parseInt(words[2])));
  }

  @Override
  public void subscribed(String channel, long count) {
    listener.connected();
  }

  @Override
  public void close() {
    connection.close();
  }
}

package io.thumbnailer.messaging.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.thumbnailer.limit.RateLimiter;
import io.thumbnailer.messaging.ChangeListener;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.IdempotencyKeys;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageProducer;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Outbox;
import io.thumbnailer.messaging.QueueMaintenance;
import io.thumbnailer.messaging.Subscription;

/** Messaging on Redis Streams. */
public final class RedisMessagingContext implements MessagingContext {
  private final RedisSettings settings;
  private final RedisConnections connections;

  private RedisMessagingContext(RedisSettings settings) {
    this.settings = settings;
    this.connections = new RedisConnections(settings);
  }

  /** Creates a context; Redis need not be reachable yet. */
  public static RedisMessagingContext connect(RedisSettings settings) {
    return new RedisMessagingContext(settings);
  }

  @Override
  public MessageProducer createProducer(Destination destination) {
    return new RedisMessageProducer(queue(destination));
  }

  @Override
  public MessageConsumer createConsumer(Destination destination, ConsumerOptions options) {
    return new RedisMessageConsumer(queue(destination), options);
  }

  @Override
  public MessageBrowser createBrowser(Destination destination) {
    return new RedisMessageBrowser(queue(destination));
  }

  @Override
  public DeadLetters deadLetters(Destination destination) {
    return new RedisDeadLetters(queue(destination));
  }

  @Override
  public RateLimiter rateLimiter() {
    return new RedisRateLimiter(subject -> at("limits:" + subject));
  }

  @Override
  public Subscription subscribe(Destination destination, ChangeListener listener) {
    return RedisChangeFeed.open(queue(destination), listener);
  }

  @Override
  public QueueMaintenance maintenance(Destination destination) {
    return new RedisQueueMaintenance(queue(destination));
  }

  @Override
  public IdempotencyKeys idempotencyKeys(Destination destination) {
    return new RedisIdempotencyKeys(queue(destination));
  }

  @Override
  public Outbox outbox(Destination destination) {
    return new RedisOutbox(queue(destination));
  }

  private RedisQueue queue(Destination destination) {
    return at(destination.name());
  }

  private RedisQueue at(String place) {
    return new RedisQueue(
        connections,
        "{" + settings.keyPrefix() + ":" + place + "}:",
        settings.recordRetention(),
        settings.deadLetterRetention());
  }

  @Override
  public void checkReachable() {
    try {
      var unused = connections.call(RedisClusterCommands::ping);
    } catch (RedisException e) {
      throw new MessagingException("Redis does not respond", e);
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}

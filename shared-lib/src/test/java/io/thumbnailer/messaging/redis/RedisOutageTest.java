package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.FreezableLink;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.PostponedException;
import io.thumbnailer.messaging.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Redis that hangs, or whose host disappears without a reset, behind a link that can be frozen.
 */
class RedisOutageTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @TempDir private static Path data;
  private static RedisServer redis;

  private final FreezableLink link = new FreezableLink(redis.port());
  private final RedisMessagingContext context =
      RedisMessagingContext.connect(
          new RedisSettings(
              "redis://127.0.0.1:" + link.port(),
              TIMEOUT,
              TIMEOUT,
              "outage",
              Duration.ofHours(1),
              Duration.ofHours(2)));
  private final Destination destination = new Destination(UUID.randomUUID().toString());
  private final MessageBrowser browser = context.createBrowser(destination);

  @BeforeAll
  static void start() {
    redis = RedisServer.start(LocalPort.free(), data);
  }

  @AfterAll
  static void stop() {
    redis.stop();
  }

  @AfterEach
  void close() {
    context.close();
    link.close();
  }

  @Test
  void aHangingRedisCostsOneTimeoutInTotal() {
    awaitReachable();
    link.freeze();
    long begun = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      assertThatThrownBy(browser::statistics).isInstanceOf(MessagingException.class);
    }
    // 200 time-outs, one after the other, would take 200 s
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIMEOUT.multipliedBy(20));
    assertThat(link.withheld()).isPositive();

    link.thaw();
    awaitReachable();
  }

  @Test
  void connectionsToAHostThatDisappearedAreReplaced() {
    awaitReachable();
    link.freeze();
    assertThatThrownBy(context::checkReachable).isInstanceOf(MessagingException.class);
    assertThat(link.withheld()).isPositive();

    link.loseConnections();
    awaitReachable();
  }

  @Test
  void aConsumerContinuesAfterItsConnectionsWereLost() {
    ExecutorService executor = Executors.newCachedThreadPool();
    MessageConsumer consumer =
        context.createConsumer(destination, options(executor, Duration.ofSeconds(5)));
    consumer.start(delivery -> delivery.acknowledge("done"));
    send("before");
    awaitState("before", MessageState.ACKNOWLEDGED);

    link.freeze();
    await().atMost(Duration.ofSeconds(30)).until(() -> link.withheld() > 0);
    link.loseConnections();
    awaitReachable();
    send("after");
    awaitState("after", MessageState.ACKNOWLEDGED);
    consumer.close();
    executor.shutdownNow();
  }

  @Test
  void aPostponedDeliveryDoesNotCountAsAnAttempt() {
    AtomicBoolean away = new AtomicBoolean(true);
    ExecutorService executor = Executors.newCachedThreadPool();
    MessageConsumer consumer =
        context.createConsumer(destination, options(executor, Duration.ofSeconds(5)));
    consumer.start(
        delivery -> {
          if (away.getAndSet(false)) {
            throw new PostponedException(new IllegalStateException("storage is away"));
          }
          delivery.acknowledge("done");
        });
    send("a");

    awaitState("a", MessageState.ACKNOWLEDGED);
    assertThat(browser.find("a").orElseThrow().deliveryCount()).isEqualTo(1);
    consumer.close();
    executor.shutdownNow();
  }

  private static ConsumerOptions options(ExecutorService executor, Duration lease) {
    return new ConsumerOptions(
        "outage",
        1,
        executor,
        Duration.ofMillis(500),
        lease,
        new RetryPolicy(1, Duration.ofMillis(20), Duration.ofMillis(50)));
  }

  private void awaitState(String id, MessageState state) {
    await()
        .ignoreExceptions()
        .atMost(Duration.ofSeconds(60))
        .until(() -> browser.find(id).orElseThrow().state() == state);
  }

  /** On a busy machine, even the first connection may take too long. */
  private void send(String id) {
    await()
        .ignoreExceptions()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              var unused = context.createProducer(destination).send(Message.of(id, ""));
              return true;
            });
  }

  private void awaitReachable() {
    await()
        .ignoreExceptions()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(context::checkReachable);
  }
}

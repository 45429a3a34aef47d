package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.Delivery;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.PermanentFailureException;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.RetryPolicy;
import io.thumbnailer.messaging.StaleLeaseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisMessagingTest {
  private static final RetryPolicy RETRIES =
      new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(50));

  @TempDir private static Path data;
  private static RedisServer redis;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Destination destination = new Destination(UUID.randomUUID().toString());
  private final RedisMessagingContext context = newContext();
  private final MessageBrowser browser = context.createBrowser(destination);
  private final List<MessageConsumer> consumers = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startRedis() {
    redis = RedisServer.start(LocalPort.free(), data);
  }

  @AfterAll
  static void stopRedis() {
    redis.stop();
  }

  @AfterEach
  void close() {
    consumers.forEach(MessageConsumer::close);
    executor.shutdownNow();
    context.close();
  }

  @Test
  void sendingTheSameIdTwiceEnqueuesItOnce() {
    assertThat(send(Message.of("a", "text"))).isTrue();
    assertThat(send(Message.of("a", "text"))).isFalse();

    assertThat(browser.statistics().totalBacklog()).isEqualTo(1);
  }

  @Test
  void anAcknowledgedMessageLeavesTheQueueAndKeepsItsOutcome() {
    consume(1, delivery -> delivery.acknowledge("good"));
    send(Message.of("a", "text"));

    awaitState("a", MessageState.ACKNOWLEDGED);
    assertThat(browser.find("a").orElseThrow().outcome()).contains("good");
    assertThat(browser.statistics().totalBacklog()).isZero();
    assertThat(browser.statistics().inFlight()).isZero();
  }

  @Test
  void aTransientFailureIsRetriedAndThenSucceeds() {
    consume(
        1,
        delivery -> {
          if (delivery.deliveryCount() < 3) {
            throw new IllegalStateException("not yet");
          }
          delivery.acknowledge("third");
        });
    send(Message.of("a", "text"));

    awaitState("a", MessageState.ACKNOWLEDGED);
    assertThat(browser.find("a").orElseThrow().deliveryCount()).isEqualTo(3);
  }

  @Test
  void aMessageThatKeepsFailingBecomesADeadLetterAndCanBeReplayed() {
    CountDownLatch mended = new CountDownLatch(1);
    consume(
        1,
        delivery -> {
          if (mended.getCount() > 0) {
            throw new IllegalStateException("broken");
          }
          delivery.acknowledge("mended");
        });
    send(Message.of("a", "text"));

    awaitState("a", MessageState.DEAD);
    assertThat(browser.find("a").orElseThrow().failure().orElseThrow().code())
        .isEqualTo("illegal-state");
    mended.countDown();
    assertThat(context.deadLetters(destination).replay("a")).isTrue();
    awaitState("a", MessageState.ACKNOWLEDGED);
  }

  @Test
  void aPermanentFailureIsNotRetried() {
    consume(
        1,
        delivery -> {
          throw new PermanentFailureException("hopeless", "no use", null);
        });
    send(Message.of("a", "text"));

    awaitState("a", MessageState.DEAD);
    assertThat(browser.find("a").orElseThrow().deliveryCount()).isEqualTo(1);
    assertThat(browser.statistics().deadLetters()).isEqualTo(1);
  }

  @Test
  void aSilentConsumersMessageIsTakenOverAndItsLateAcknowledgementRefused() throws Exception {
    CompletableFuture<Delivery> claimed = new CompletableFuture<>();
    CountDownLatch never = new CountDownLatch(1);
    RedisMessagingContext dying = newContext();
    MessageConsumer silent =
        dying.createConsumer(
            destination,
            new ConsumerOptions(
                "silent", 1, executor, Duration.ofMinutes(1), Duration.ofMinutes(2), RETRIES));
    silent.start(
        delivery -> {
          claimed.complete(delivery);
          never.await();
        });
    send(Message.of("a", "text"));
    Delivery stale = claimed.get(5, TimeUnit.SECONDS);
    shortenLeases();

    consume(1, delivery -> delivery.acknowledge("by the other"));

    awaitState("a", MessageState.ACKNOWLEDGED);
    assertThatThrownBy(() -> stale.acknowledge("late")).isInstanceOf(StaleLeaseException.class);
    assertThat(browser.find("a").orElseThrow().outcome()).contains("by the other");
    silent.close();
    dying.close();
  }

  /** Makes every lease expire now, as if its time had passed in silence. */
  private void shortenLeases() {
    try (RedisConnections connections = new RedisConnections(settings())) {
      var commands = connections.shared().sync();
      String leases = "{test:" + destination.name() + "}:leases";
      commands.zrange(leases, 0, -1).forEach(id -> commands.zadd(leases, 1, id));
    }
  }

  @Test
  void aStoppedConsumerHandsItsMessageBackAtOnceAndTheAttemptDoesNotCount() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    MessageConsumer stopped =
        consume(
            1,
            delivery -> {
              begun.countDown();
              Thread.sleep(60_000);
            });
    send(Message.of("a", "text"));
    assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

    stopped.stop(Duration.ZERO);

    assertThat(browser.find("a").orElseThrow().state()).isEqualTo(MessageState.QUEUED);
    assertThat(browser.find("a").orElseThrow().deliveryCount()).isZero();
    consume(1, delivery -> delivery.acknowledge("after"));
    awaitState("a", MessageState.ACKNOWLEDGED);
    assertThat(browser.find("a").orElseThrow().deliveryCount()).isEqualTo(1);
  }

  @Test
  void higherLanesComeFirstAndTheLowLaneIsNotStarved() {
    for (int i = 0; i < 20; i++) {
      send(Message.of("high-" + i, "").withPriority(Priority.HIGH));
    }
    send(Message.of("low", "").withPriority(Priority.LOW));
    List<String> order = new CopyOnWriteArrayList<>();

    consume(
        1,
        delivery -> {
          order.add(delivery.message().id());
          delivery.acknowledge("");
        });

    await().until(() -> order.size() == 21);
    assertThat(order.get(0)).startsWith("high");
    assertThat(order.indexOf("low")).isBetween(1, 10);
  }

  @Test
  void consumersGoOnAfterRedisForgotEverythingAndAfterItRestarted() {
    consume(2, delivery -> delivery.acknowledge("ok"));
    send(Message.of("before", ""));
    awaitState("before", MessageState.ACKNOWLEDGED);

    try (RedisConnections connections = new RedisConnections(settings())) {
      connections.shared().sync().flushall();
    }
    send(Message.of("after flush", ""));
    awaitState("after flush", MessageState.ACKNOWLEDGED);

    redis.kill();
    assertThatThrownBy(() -> send(Message.of("down", ""))).isInstanceOf(MessagingException.class);
    redis.restart();
    await().ignoreExceptions().until(() -> send(Message.of("after restart", "")));
    awaitState("after restart", MessageState.ACKNOWLEDGED);
  }

  private boolean send(Message message) {
    return context.createProducer(destination).send(message);
  }

  private MessageConsumer consume(int capacity, MessageListener listener) {
    MessageConsumer consumer =
        context.createConsumer(
            destination,
            new ConsumerOptions(
                "test-" + consumers.size(),
                capacity,
                executor,
                Duration.ofMillis(200),
                Duration.ofMillis(1000),
                RETRIES));
    consumers.add(consumer);
    consumer.start(listener);
    return consumer;
  }

  private void awaitState(String id, MessageState state) {
    await()
        .ignoreExceptions()
        .atMost(Duration.ofSeconds(20))
        .until(() -> browser.find(id).orElseThrow().state() == state);
  }

  private static RedisSettings settings() {
    return new RedisSettings(
        redis.uri().toString(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        "test",
        Duration.ofHours(1));
  }

  private static RedisMessagingContext newContext() {
    return RedisMessagingContext.connect(settings());
  }
}

package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.messaging.ChangeListener;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageChange;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.PermanentFailureException;
import io.thumbnailer.messaging.RetryPolicy;
import io.thumbnailer.messaging.StaleLeaseException;
import io.thumbnailer.messaging.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The visible state of messages: their changes, lists and removals. */
class RedisChangesTest {
  @TempDir private static Path data;
  private static RedisServer redis;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Destination destination = new Destination(UUID.randomUUID().toString());
  private final RedisMessagingContext context =
      RedisMessagingContext.connect(
          new RedisSettings(
              redis.uri().toString(),
              Duration.ofSeconds(10),
              Duration.ofSeconds(10),
              "test",
              Duration.ofHours(1),
              Duration.ofHours(2)));
  private final MessageBrowser browser = context.createBrowser(destination);
  private final DeadLetters deadLetters = context.deadLetters(destination);
  private final List<MessageConsumer> consumers = new CopyOnWriteArrayList<>();
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

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
    subscriptions.forEach(Subscription::close);
    consumers.forEach(MessageConsumer::close);
    executor.shutdownNow();
    context.close();
  }

  @Test
  void aSubscriberReceivesEveryChangeInOrder() {
    RecordingListener heard = new RecordingListener();
    subscriptions.add(context.subscribe(destination, heard));
    AtomicInteger deliveries = new AtomicInteger();
    consume(
        delivery -> {
          if (deliveries.incrementAndGet() == 1) {
            throw new IllegalStateException("the first time fails");
          }
          delivery.acknowledge("good");
        });
    send("a");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(heard.changes)
                    .extracting(MessageChange::state)
                    .containsExactly(
                        MessageState.QUEUED,
                        MessageState.DELIVERED,
                        MessageState.RETRYING,
                        MessageState.DELIVERED,
                        MessageState.ACKNOWLEDGED));
    assertThat(heard.changes)
        .extracting(MessageChange::deliveryCount)
        .containsExactly(0, 1, 1, 2, 2);
    assertThat(heard.changes).extracting(MessageChange::messageId).containsOnly("a");
  }

  @Test
  void aSubscriberIsNotifiedOfPossiblyMissedChangesWhenRedisIsBack() {
    RecordingListener heard = new RecordingListener();
    subscriptions.add(context.subscribe(destination, heard));
    await().atMost(Duration.ofSeconds(30)).until(() -> heard.connections.get() == 1);
    redis.restart();

    await().atMost(Duration.ofSeconds(60)).until(() -> heard.connections.get() >= 2);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              var unused = send(UUID.randomUUID().toString());
              return !heard.changes.isEmpty();
            });
  }

  @Test
  void messagesAreListedByStateInDescendingOrderPageByPage() {
    for (String id : List.of("b", "e", "a", "d", "c")) {
      send(id);
    }
    Set<MessageState> queued = Set.of(MessageState.QUEUED);

    MessagePage first = browser.list(queued, Optional.empty(), 2);
    MessagePage second = browser.list(queued, first.nextCursor(), 2);
    MessagePage third = browser.list(queued, second.nextCursor(), 2);

    assertThat(ids(first)).containsExactly("e", "d");
    assertThat(ids(second)).containsExactly("c", "b");
    assertThat(ids(third)).containsExactly("a");
    assertThat(third.nextCursor()).isEmpty();
    assertThat(browser.list(Set.of(MessageState.DEAD), Optional.empty(), 2).messages()).isEmpty();
  }

  @Test
  void aMessageIsListedOnlyUnderItsCurrentState() {
    consume(delivery -> delivery.acknowledge("good"));
    send("a");

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ids(list(MessageState.ACKNOWLEDGED)).equals(List.of("a")));
    assertThat(ids(list(MessageState.QUEUED))).isEmpty();
    assertThat(ids(list(MessageState.DELIVERED))).isEmpty();
  }

  @Test
  void deadLettersKeepTheirPagesWhenOthersAreReplayed() {
    consume(
        delivery -> {
          throw new PermanentFailureException("bad", "never good", null);
        });
    for (int i = 0; i < 5; i++) {
      String id = "m" + i;
      send(id);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> browser.find(id).orElseThrow().state() == MessageState.DEAD);
    }
    consumers.forEach(MessageConsumer::close);

    MessagePage first = deadLetters.list(Optional.empty(), 2);
    ids(first).forEach(deadLetters::replay);
    MessagePage rest = deadLetters.list(first.nextCursor(), 10);

    assertThat(ids(first)).containsExactly("m4", "m3");
    assertThat(ids(rest)).containsExactly("m2", "m1", "m0");
  }

  @Test
  void anInvalidCursorIsRefused() {
    assertThatThrownBy(() -> deadLetters.list(Optional.of("1; drop"), 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRemovedMessageCanNeitherBeCompletedNorSentAgain() throws Exception {
    CountDownLatch inWork = new CountDownLatch(1);
    CountDownLatch removed = new CountDownLatch(1);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    consume(
        delivery -> {
          inWork.countDown();
          removed.await();
          try {
            delivery.acknowledge("too late");
            end.complete(null);
          } catch (StaleLeaseException e) {
            end.complete(e);
            throw e;
          }
        });
    send("a");
    inWork.await();

    assertThat(browser.remove("a")).isTrue();
    removed.countDown();

    assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(StaleLeaseException.class);
    assertThat(send("a")).isFalse();
    assertThat(browser.find("a").orElseThrow().state()).isEqualTo(MessageState.REMOVED);
    assertThat(browser.statistics().totalBacklog()).isZero();
    browser.forget("a");
    assertThat(browser.find("a")).isEmpty();
    assertThat(ids(list(MessageState.REMOVED))).isEmpty();
  }

  private boolean send(String id) {
    return context.createProducer(destination).send(Message.of(id, "text"));
  }

  private MessagePage list(MessageState state) {
    return browser.list(Set.of(state), Optional.empty(), 100);
  }

  private static List<String> ids(MessagePage page) {
    return page.messages().stream().map(MessageRecord::message).map(Message::id).toList();
  }

  private void consume(MessageListener listener) {
    MessageConsumer consumer =
        context.createConsumer(
            destination,
            new ConsumerOptions(
                "test",
                1,
                executor,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                new RetryPolicy(3, Duration.ZERO, Duration.ZERO)));
    consumers.add(consumer);
    consumer.start(listener);
  }

  private static final class RecordingListener implements ChangeListener {
    final List<MessageChange> changes = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    @Override
    public void changed(MessageChange change) {
      changes.add(change);
    }

    @Override
    public void connected() {
      connections.incrementAndGet();
    }
  }
}

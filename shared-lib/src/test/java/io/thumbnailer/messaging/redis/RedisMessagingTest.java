package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.Delivery;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.IdempotencyKeys;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.PermanentFailureException;
import io.thumbnailer.messaging.PresentConsumer;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueMaintenance;
import io.thumbnailer.messaging.QueueSample;
import io.thumbnailer.messaging.QueueStatistics;
import io.thumbnailer.messaging.RetryPolicy;
import io.thumbnailer.messaging.StaleLeaseException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
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
  private final RedisConnections connections = new RedisConnections(settings());
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
    connections.close();
  }

  @Test
  void sendingTheSameIdTwiceEnqueuesItOnce() {
    assertThat(send(Message.of("a", "text"))).isTrue();
    assertThat(send(Message.of("a", "text"))).isFalse();

    assertThat(browser.statistics().totalBacklog()).isEqualTo(1);
  }

  @Test
  void aMessageThatIsRemovedWhileItIsReadIsNotFoundWithoutItsContent() throws Exception {
    AtomicReference<String> newest = new AtomicReference<>("0");
    Future<?> changes =
        executor.submit(
            () -> {
              for (int i = 1; i <= 2000; i++) {
                String id = Integer.toString(i);
                send(Message.of(id, "text"));
                newest.set(id);
                browser.remove(id);
              }
            });
    while (!changes.isDone()) {
      browser
          .find(newest.get())
          .filter(found -> found.state() != MessageState.REMOVED)
          .ifPresent(found -> assertThat(found.message().text()).isEqualTo("text"));
    }
    changes.get();
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
  void theConsumersAreListedWithTheirRunningDeliveries() throws Exception {
    CountDownLatch working = new CountDownLatch(2);
    CountDownLatch finish = new CountDownLatch(1);
    consume(
        3,
        delivery -> {
          working.countDown();
          finish.await();
          delivery.acknowledge("done");
        });
    send(Message.of("a", "text"));
    send(Message.of("b", "text"));
    assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();

    await().atMost(Duration.ofSeconds(30)).until(() -> browser.consumers().size() == 1);
    PresentConsumer consumer = browser.consumers().get(0);
    assertThat(consumer.capacity()).isEqualTo(3);
    assertThat(consumer.busy()).isEqualTo(2);
    assertThat(consumer.since()).isBeforeOrEqualTo(Instant.now());
    assertThat(browser.statistics().consumers()).isEqualTo(1);

    finish.countDown();
    awaitState("a", MessageState.ACKNOWLEDGED);
    awaitState("b", MessageState.ACKNOWLEDGED);
    assertThat(browser.consumers().get(0).busy()).isZero();
    consumers.forEach(MessageConsumer::close);
    assertThat(browser.consumers()).isEmpty();
  }

  @Test
  void endedDeliveriesCountOnceInThePeak() {
    consume(3, delivery -> delivery.acknowledge("done"));
    MessageConsumer consumer = consumers.get(0);
    send(Message.of("a", "text"));
    awaitState("a", MessageState.ACKNOWLEDGED);
    await().atMost(Duration.ofSeconds(30)).until(() -> consumer.busy() == 0);
    assertThat(consumer.takePeakBusy()).isEqualTo(1);
    assertThat(consumer.takePeakBusy()).isZero();
  }

  @Test
  void oneSampleIsKeptPerIntervalForAllCallers() {
    send(Message.of("a", "text"));
    send(Message.of("b", "text"));
    try (RedisMessagingContext other = newContext()) {
      QueueMaintenance ours = context.maintenance(destination);
      QueueMaintenance theirs = other.maintenance(destination);
      int[] made = {0};
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                made[0] += ours.sample() ? 1 : 0;
                made[0] += theirs.sample() ? 1 : 0;
                return made[0] >= 3;
              });
      assertThat(browser.history(Instant.EPOCH)).hasSize(made[0]);
    }

    List<QueueSample> history = browser.history(Instant.EPOCH);
    for (int i = 1; i < history.size(); i++) {
      assertThat(Duration.between(history.get(i - 1).at(), history.get(i).at()))
          .isGreaterThanOrEqualTo(QueueMaintenance.SAMPLE_INTERVAL);
    }
    QueueStatistics latest = history.get(history.size() - 1).statistics();
    assertThat(latest.totalBacklog()).isEqualTo(2);
    assertThat(latest.oldestAge()).isPositive();
    double sent =
        history.stream().mapToDouble(sample -> sample.statistics().arrivalRate()).sum()
            * QueueMaintenance.SAMPLE_INTERVAL.toSeconds();
    assertThat(sent).as("each message is counted in one interval").isCloseTo(2, offset(0.01));
    assertThat(browser.history(history.get(0).at())).hasSize(history.size() - 1);
  }

  @Test
  void theMessageOfASilentConsumerIsTakenOverAndItsLateAcknowledgementRefused() throws Exception {
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

  @Test
  void aMessageThatKillsTwoConsumersBecomesADeadLetterAndDelaysNoOther() {
    try (RedisConnections connections = new RedisConnections(settings())) {
      RedisQueue queue =
          new RedisQueue(
              connections,
              "{test:" + destination.name() + "}:",
              Duration.ofHours(1),
              Duration.ofHours(2));
      RetryPolicy policy = new RetryPolicy(5, Duration.ZERO, Duration.ZERO, 2);
      send(Message.of("killer", "text"));
      send(Message.of("sibling", "text"));
      assertThat(new RedisClaims(queue, "first", Duration.ofHours(1)).claim(2)).hasSize(2);
      shortenLeases();
      new QueueReaper(queue, policy, Duration.ofHours(1)).reapWhenDue();

      Map<String, RedisDelivery> held = new HashMap<>();
      for (String name : List.of("second", "third")) {
        List<RedisDelivery> claimed = new RedisClaims(queue, name, Duration.ofHours(1)).claim(2);
        assertThat(claimed).as("one suspect for each").hasSize(1);
        held.put(claimed.get(0).message().id(), claimed.get(0));
      }
      held.get("sibling").acknowledge("done");
      shortenLeases();
      new QueueReaper(queue, policy, Duration.ofHours(1)).reapWhenDue();
    }

    assertThat(browser.find("sibling").orElseThrow().state()).isEqualTo(MessageState.ACKNOWLEDGED);
    assertThat(browser.find("killer").orElseThrow().state()).isEqualTo(MessageState.DEAD);
    assertThat(browser.find("killer").orElseThrow().failure().orElseThrow().code())
        .isEqualTo(DeadLetters.WORKER_KILLED);
    DeadLetters dead = context.deadLetters(destination);
    assertThat(dead.replayAll()).isZero();
    assertThat(dead.replay("killer")).isTrue();
    consume(2, delivery -> delivery.acknowledge("done"));
    awaitState("killer", MessageState.ACKNOWLEDGED);
  }

  /** Makes every lease expire now, as if its holder had been silent for its duration. */
  private void shortenLeases() {
    try (RedisConnections connections = new RedisConnections(settings())) {
      var commands = connections.commands();
      String leases = "{test:" + destination.name() + "}:leases";
      commands.zrange(leases, 0, -1).forEach(id -> commands.zadd(leases, 1, id));
    }
  }

  @Test
  void aStoppedConsumerHandsItsMessageBackAndTheAttemptDoesNotCount() throws Exception {
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
  void consumersContinueAfterRedisLostItsDataAndAfterARestart() {
    consume(2, delivery -> delivery.acknowledge("ok"));
    send(Message.of("before", ""));
    awaitState("before", MessageState.ACKNOWLEDGED);

    try (RedisConnections connections = new RedisConnections(settings())) {
      connections.commands().flushall();
    }
    send(Message.of("after flush", ""));
    awaitState("after flush", MessageState.ACKNOWLEDGED);

    redis.kill();
    assertThatThrownBy(() -> send(Message.of("down", ""))).isInstanceOf(MessagingException.class);
    redis.restart();
    await().ignoreExceptions().until(() -> send(Message.of("after restart", "")));
    awaitState("after restart", MessageState.ACKNOWLEDGED);
  }

  @Test
  void aClaimWhoseResponseWasLostIsHandedBackAndDoesNotCount() {
    send(Message.of("a", "text"));
    RedisQueue queue = queue();
    RedisClaims claims = new RedisClaims(queue, "cut off", Duration.ofMinutes(10));
    RedisDelivery unseen = claims.claim(1).get(0);

    queue.number(RedisScript.ABANDON, List.of(unseen.idAndLease().get(1)));

    assertThat(browser.find("a").orElseThrow().state()).isEqualTo(MessageState.QUEUED);
    assertThat(browser.find("a").orElseThrow().deliveryCount()).isZero();
    assertThatThrownBy(() -> unseen.acknowledge("late")).isInstanceOf(StaleLeaseException.class);
  }

  @Test
  void aLeaseFromBeforeADataLossIsInvalidAfterTheMessageWasSentAgain() {
    send(Message.of("a", "text"));
    RedisClaims claims = new RedisClaims(queue(), "old", Duration.ofMinutes(10));
    RedisDelivery before = claims.claim(1).get(0);
    commands(commands -> commands.flushall());
    send(Message.of("a", "text"));
    RedisDelivery after = new RedisClaims(queue(), "new", Duration.ofMinutes(10)).claim(1).get(0);

    assertThatThrownBy(() -> before.acknowledge("stale")).isInstanceOf(StaleLeaseException.class);
    assertThat(before.handBack()).isFalse();
    assertThat(before.bury(FailureText.of(new IllegalStateException("stale")))).isFalse();
    after.acknowledge("ours");
    assertThat(browser.find("a").orElseThrow().outcome()).contains("ours");
  }

  @Test
  void acknowledgingWaitsForABrieflyUnavailableBroker() throws Exception {
    CountDownLatch down = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    consume(
        1,
        Duration.ofSeconds(30),
        delivery -> {
          begun.countDown();
          down.await();
          delivery.acknowledge("once");
        });
    send(Message.of("a", "text"));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(1_200); // the append-only file is written every second
    redis.kill();
    down.countDown();
    redis.restart();

    awaitState("a", MessageState.ACKNOWLEDGED);
    assertThat(browser.find("a").orElseThrow().deliveryCount()).isEqualTo(1);
  }

  @Test
  void aMessagePastItsTimeToLiveIsNotDelivered() throws Exception {
    send(
        new Message(
            "a",
            Optional.empty(),
            "",
            Map.of(),
            Priority.NORMAL,
            Duration.ZERO,
            Optional.of(Duration.ofMillis(1))));
    Thread.sleep(10);
    List<String> delivered = new CopyOnWriteArrayList<>();
    consume(
        1,
        delivery -> {
          delivered.add(delivery.message().id());
          delivery.acknowledge("");
        });

    awaitState("a", MessageState.EXPIRED);
    assertThat(delivered).isEmpty();
  }

  @Test
  void aRemovedMessageCannotBeSentAgainOrAcknowledged() {
    send(Message.of("a", "text"));
    RedisDelivery delivery = new RedisClaims(queue(), "c", Duration.ofMinutes(1)).claim(1).get(0);

    assertThat(browser.remove("a")).isTrue();

    assertThat(send(Message.of("a", "text"))).isFalse();
    assertThatThrownBy(() -> delivery.acknowledge("x")).isInstanceOf(StaleLeaseException.class);
    assertThat(browser.statistics().totalBacklog()).isZero();
    assertThat(browser.statistics().inFlight()).isZero();
  }

  @Test
  void aDeadLetterPastItsRetentionIsRemoved() {
    send(Message.of("a", "text"));
    new RedisClaims(queue(), "c", Duration.ofMinutes(1))
        .claim(1)
        .get(0)
        .bury(FailureText.of(new IllegalStateException("broken")));
    commands(commands -> commands.zadd(queue().key("dead"), 1, "a"));

    consume(1, delivery -> delivery.acknowledge(""));

    awaitState("a", MessageState.REMOVED);
    assertThat(browser.statistics().deadLetters()).isZero();
  }

  @Test
  void lostMessagesAreEnqueuedAgainAndEntriesWithoutARecordAreDeleted() {
    send(Message.of("a", "text"));
    send(Message.of("b", "text"));
    send(Message.of("c", "text"));
    commands(commands -> commands.del(queue().key("lane:normal")));
    send(Message.of("d", "text"));
    commands(commands -> commands.del(queue().recordKey("d")));
    QueueMaintenance maintenance = context.maintenance(destination);

    QueueMaintenance.Checked checked = maintenance.check(List.of("a", "b", "c", "unknown"));

    assertThat(checked.repaired()).isEqualTo(3);
    assertThat(checked.states()).containsOnlyKeys("a", "b", "c");
    assertThat(maintenance.sweep()).isEqualTo(1);
    assertThat(browser.statistics().totalBacklog()).isEqualTo(3);
    consume(2, delivery -> delivery.acknowledge(""));
    List.of("a", "b", "c").forEach(id -> awaitState(id, MessageState.ACKNOWLEDGED));
  }

  @Test
  void onlyOneOwnerHoldsATaskLeaseAndTheNextWaitsForThePause() {
    try (RedisMessagingContext other = newContext()) {
      QueueMaintenance ours = context.maintenance(destination);
      QueueMaintenance theirs = other.maintenance(destination);
      QueueMaintenance.TaskLease lease = ours.begin("task", Duration.ofMinutes(1)).orElseThrow();

      assertThat(theirs.begin("task", Duration.ofMinutes(1))).isEmpty();
      assertThat(lease.extend(Duration.ofMinutes(1))).isTrue();
      lease.end(Duration.ofMinutes(1));
      assertThat(theirs.begin("task", Duration.ofMinutes(1))).isEmpty();
      assertThat(lease.extend(Duration.ofMinutes(1))).isFalse();
      commands(commands -> commands.flushall());
      assertThat(theirs.begin("task", Duration.ofMinutes(1))).isPresent();
    }
  }

  @Test
  void aRepeatedRequestGetsTheFirstAnswerAndACrashedOneItsSeed() {
    IdempotencyKeys keys = context.idempotencyKeys(destination);
    Duration day = Duration.ofDays(1);

    var crashed = keys.begin("key", "body", "seed-1", Duration.ofMillis(1), day);
    assertThat(crashed.status()).isEqualTo(IdempotencyKeys.Status.NEW);
    await()
        .untilAsserted(
            () -> {
              var taken = keys.begin("key", "body", "x", day, day);
              assertThat(taken.status()).isEqualTo(IdempotencyKeys.Status.NEW);
              assertThat(taken.seed()).isEqualTo("seed-1");
            });
    var other = keys.begin("key", "another body", "x", day, day);
    assertThat(other.status()).isEqualTo(IdempotencyKeys.Status.OTHER);
    assertThat(keys.begin("key", "body", "x", day, day).status())
        .isEqualTo(IdempotencyKeys.Status.BUSY);

    var first = keys.begin("other key", "body", "seed", day, day);
    first.complete("answer");
    var second = keys.begin("other key", "body", "x", day, day);
    assertThat(second.status()).isEqualTo(IdempotencyKeys.Status.KNOWN);
    assertThat(second.answer()).isEqualTo("answer");
    assertThat(second.seed()).isEqualTo("seed");

    var refused = keys.begin("third key", "body", "seed", day, day);
    refused.release();
    assertThat(keys.begin("third key", "body", "seed-2", day, day).seed()).isEqualTo("seed-2");
  }

  @Test
  void ratesAreMeasuredByTheBroker() {
    for (int i = 0; i < 60; i++) {
      send(Message.of("m" + i, ""));
    }
    consume(8, delivery -> delivery.acknowledge(""));

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(browser.statistics().arrivalRate()).isEqualTo(1.0);
              assertThat(browser.statistics().serviceRate()).isEqualTo(1.0);
            });
  }

  private RedisQueue queue() {
    return new RedisQueue(
        connections,
        "{test:" + destination.name() + "}:",
        Duration.ofHours(1),
        Duration.ofHours(2));
  }

  private <T> void commands(Function<RedisClusterCommands<String, String>, T> command) {
    var unused = command.apply(connections.commands());
  }

  private boolean send(Message message) {
    return context.createProducer(destination).send(message);
  }

  private MessageConsumer consume(int capacity, MessageListener listener) {
    return consume(capacity, Duration.ofSeconds(1), listener);
  }

  private MessageConsumer consume(int capacity, Duration lease, MessageListener listener) {
    MessageConsumer consumer =
        context.createConsumer(
            destination,
            new ConsumerOptions(
                "test-" + consumers.size(),
                capacity,
                executor,
                Duration.ofMillis(200),
                lease,
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
        Duration.ofHours(1),
        Duration.ofHours(2));
  }

  private static RedisMessagingContext newContext() {
    return RedisMessagingContext.connect(settings());
  }
}

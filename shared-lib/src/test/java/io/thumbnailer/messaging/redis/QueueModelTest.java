package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.StaleLeaseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random interleavings of all transitions on a real Redis, each compared with a model that is a map
 * of states. A failure names its seed; {@code -Dqueue-model.seed=N} repeats it, {@code
 * -Dqueue-model.runs=N} makes more.
 */
class QueueModelTest {
  private static final List<Priority> LANES = List.of(Priority.values());
  private static final int STEPS = 60;
  private static final int IDS = 5;
  private static final int MOST_DELIVERIES = 3;
  private static final int MOST_LOST = 2;
  private static final Duration LEASE = Duration.ofHours(1);
  private static final FailureText FAILURE = FailureText.of(new IllegalStateException("failed"));

  @TempDir private static Path data;
  private static RedisServer redis;
  private static RedisConnections connections;

  @BeforeAll
  static void startRedis() {
    redis = RedisServer.start(LocalPort.free(), data);
    connections =
        new RedisConnections(
            new RedisSettings(
                redis.uri().toString(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                "model",
                Duration.ofHours(1),
                Duration.ofDays(1)));
  }

  @AfterAll
  static void stopRedis() {
    connections.close();
    redis.stop();
  }

  @Test
  void randomTransitionsMatchTheModel() {
    Long fixed = Long.getLong("queue-model.seed");
    int runs = fixed == null ? Integer.getInteger("queue-model.runs", 60) : 1;
    long first = fixed == null ? System.nanoTime() : fixed;
    for (long seed = first; seed < first + runs; seed++) {
      run(seed);
    }
  }

  /** A delayed message whose id was handed back before its record was lost came at once. */
  @Test
  void sequencesThatOnceFailedMatchTheModel() {
    run(22200601501860L);
  }

  private static void run(long seed) {
    Run run = new Run(seed);
    try {
      run.go();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + " fails after:\n" + String.join("\n", run.history), e);
    }
  }

  /** The model's state of a message. */
  private static final class Known {
    MessageState state = MessageState.QUEUED;
    int deliveries;
    boolean delayed;
    int lost;
    int consumer;
    RedisDelivery holder;
  }

  /** One seeded sequence on a queue of its own. */
  private static final class Run {
    private final Random random;
    private final RedisQueue queue;
    private final RedisMessageProducer producer;
    private final RedisMessageBrowser browser;
    private final RedisDeadLetters deadLetters;
    private final RedisQueueMaintenance maintenance;
    private final List<RedisClaims> consumers;
    private final Map<String, Known> model = new HashMap<>();
    private final List<RedisDelivery> deliveries = new ArrayList<>();
    private final List<String> history = new ArrayList<>();

    Run(long seed) {
      random = new Random(seed);
      queue =
          new RedisQueue(
              connections, "{model:" + seed + "}:", Duration.ofHours(1), Duration.ofDays(1));
      producer = new RedisMessageProducer(queue);
      browser = new RedisMessageBrowser(queue);
      deadLetters = new RedisDeadLetters(queue);
      maintenance = new RedisQueueMaintenance(queue);
      consumers =
          List.of(new RedisClaims(queue, "one", LEASE), new RedisClaims(queue, "two", LEASE));
    }

    void go() {
      for (int step = 0; step < STEPS; step++) {
        step();
        compare();
      }
      drain();
    }

    private void step() {
      String id = "m" + random.nextInt(IDS);
      switch (random.nextInt(17)) {
        case 0, 1, 2 -> send(id);
        case 3, 4, 5 -> claim(1 + random.nextInt(3));
        case 6, 7 -> withDelivery("acknowledge", this::acknowledge);
        case 8 -> withDelivery("retry", this::retry);
        case 9 -> withDelivery("bury", this::bury);
        case 10 -> withDelivery("hand back", this::handBack);
        case 11 -> withDelivery("renew", this::renew);
        case 12 -> expireLease(id);
        case 13 -> becomeDue();
        case 14 -> replayOrRemove(id);
        case 15 -> withDelivery("postpone", this::postpone);
        default -> damage(id);
      }
    }

    private void send(String id) {
      boolean delayed = random.nextInt(4) == 0;
      history.add("send " + id + (delayed ? " delayed" : ""));
      Priority lane = LANES.get(random.nextInt(LANES.size()));
      boolean sent =
          producer.send(
              new Message(
                  id,
                  Optional.empty(),
                  "text of " + id,
                  Map.of("name", "välue: 1"),
                  lane,
                  delayed ? Duration.ofHours(1) : Duration.ZERO,
                  Optional.empty()));
      assertThat(sent).isEqualTo(!model.containsKey(id));
      if (sent) {
        Known known = new Known();
        known.delayed = delayed;
        model.put(id, known);
      }
    }

    private boolean waiting(Known known) {
      return !known.delayed
          && (known.state == MessageState.QUEUED || known.state == MessageState.RETRYING);
    }

    private void claim(int wanted) {
      history.add("claim " + wanted);
      int consumer = random.nextInt(2);
      long claimable = claimable(consumer);
      List<RedisDelivery> claimed = consumers.get(consumer).claim(wanted);
      assertThat(claimed).hasSize((int) Math.min(claimable, wanted));
      for (RedisDelivery delivery : claimed) {
        history.add("  got " + delivery.message().id());
        Known known = model.get(delivery.message().id());
        assertThat(waiting(known)).isTrue();
        known.state = MessageState.DELIVERED;
        known.deliveries++;
        known.consumer = consumer;
        known.holder = delivery;
        assertThat(delivery.deliveryCount()).isEqualTo(known.deliveries);
        assertThat(delivery.message().text()).isEqualTo("text of " + delivery.message().id());
        assertThat(delivery.message().properties()).containsEntry("name", "välue: 1");
        deliveries.add(delivery);
      }
    }

    /** A consumer gets only one message at a time whose consumer was lost. */
    private long claimable(int consumer) {
      List<Known> waiting = model.values().stream().filter(this::waiting).toList();
      long suspects = waiting.stream().filter(known -> known.lost > 0).count();
      boolean held =
          model.values().stream()
              .anyMatch(
                  known ->
                      known.state == MessageState.DELIVERED
                          && known.lost > 0
                          && known.consumer == consumer);
      return waiting.size() - suspects + (held ? 0 : Math.min(1, suspects));
    }

    /** Any delivery that ever existed; most of them are stale. */
    private void withDelivery(String what, java.util.function.Consumer<RedisDelivery> action) {
      if (!deliveries.isEmpty()) {
        RedisDelivery delivery = deliveries.get(random.nextInt(deliveries.size()));
        history.add(what + " " + delivery.idAndLease() + (holds(delivery) ? "" : " (stale)"));
        action.accept(delivery);
      }
    }

    private boolean holds(RedisDelivery delivery) {
      Known known = model.get(delivery.message().id());
      return known != null && known.state == MessageState.DELIVERED && known.holder == delivery;
    }

    private void acknowledge(RedisDelivery delivery) {
      Known known = model.get(delivery.message().id());
      boolean repeated = acknowledgedBy(delivery);
      boolean done;
      try {
        delivery.acknowledge("outcome");
        done = true;
      } catch (StaleLeaseException e) {
        done = false;
      }
      assertThat(done).isEqualTo(holds(delivery) || repeated);
      if (done) {
        known.state = MessageState.ACKNOWLEDGED;
        assertThat(browser.find(delivery.message().id()).orElseThrow().outcome())
            .contains("outcome");
      }
    }

    private void retry(RedisDelivery delivery) {
      boolean ours = holds(delivery);
      assertThat(delivery.retry(Duration.ofHours(1), FAILURE)).isEqualTo(ours);
      if (ours) {
        Known known = model.get(delivery.message().id());
        known.state = MessageState.RETRYING;
        known.delayed = true;
      }
    }

    private void postpone(RedisDelivery delivery) {
      boolean ours = holds(delivery);
      assertThat(delivery.postpone(Duration.ofHours(1), FAILURE)).isEqualTo(ours);
      if (ours) {
        Known known = model.get(delivery.message().id());
        known.state = MessageState.RETRYING;
        known.deliveries--;
        known.delayed = true;
      }
    }

    private void bury(RedisDelivery delivery) {
      boolean ours = holds(delivery);
      assertThat(delivery.bury(FAILURE)).isEqualTo(ours);
      if (ours) {
        model.get(delivery.message().id()).state = MessageState.DEAD;
      }
    }

    private void handBack(RedisDelivery delivery) {
      boolean ours = holds(delivery);
      assertThat(delivery.handBack()).isEqualTo(ours);
      if (ours) {
        Known known = model.get(delivery.message().id());
        known.deliveries--;
        known.state = known.deliveries > 0 ? MessageState.RETRYING : MessageState.QUEUED;
      }
    }

    private void renew(RedisDelivery delivery) {
      List<String> arguments = new ArrayList<>(List.of(Long.toString(LEASE.toMillis())));
      arguments.addAll(delivery.idAndLease());
      assertThat(queue.<String>list(RedisScript.RENEW, arguments).isEmpty())
          .isEqualTo(holds(delivery) || acknowledgedBy(delivery));
    }

    /**
     * The holder ended its lease itself, but may not know yet, because the response is in transit.
     */
    private boolean acknowledgedBy(RedisDelivery delivery) {
      Known known = model.get(delivery.message().id());
      return known != null && known.state == MessageState.ACKNOWLEDGED && known.holder == delivery;
    }

    /** As if its consumer had been silent for longer than the lease, and somebody reaps. */
    private void expireLease(String id) {
      history.add("expire the lease of " + id);
      comeUp("leases", id);
      reap();
      Known known = model.get(id);
      if (known != null && known.state == MessageState.DELIVERED) {
        known.lost++;
        boolean killer = known.lost >= MOST_LOST;
        known.state =
            killer || known.deliveries >= MOST_DELIVERIES
                ? MessageState.DEAD
                : MessageState.RETRYING;
        assertThat(browser.find(id).orElseThrow().failure().orElseThrow().code())
            .isEqualTo(killer ? "worker-killed" : "consumer-lost");
      }
    }

    private void becomeDue() {
      history.add("what is delayed becomes due");
      redis()
          .zrange(queue.key("delayed"), 0, -1)
          .forEach(id -> redis().zadd(queue.key("delayed"), 1, id));
      reap();
      model.values().forEach(known -> known.delayed = false);
    }

    private void reap() {
      queue.list(
          RedisScript.REAP,
          List.of(
              Integer.toString(MOST_DELIVERIES),
              "100",
              "86400000",
              "3600000",
              Integer.toString(MOST_LOST)));
    }

    private void replayOrRemove(String id) {
      Known known = model.get(id);
      if (random.nextInt(3) > 0) {
        history.add("replay " + id);
        boolean dead = known != null && known.state == MessageState.DEAD;
        assertThat(deadLetters.replay(id)).isEqualTo(dead);
        if (dead) {
          known.state = MessageState.RETRYING;
          known.deliveries = 0;
          known.lost = 0;
        }
      } else {
        history.add("remove " + id);
        assertThat(browser.remove(id)).isEqualTo(known != null);
        if (known != null) {
          known.state = MessageState.REMOVED;
          known.delayed = false;
          known.deliveries = 0;
          known.lost = 0;
        }
      }
    }

    /** Redis forgets everything, one record, or one structure; the reconciler repairs the queue. */
    private void damage(String id) {
      switch (random.nextInt(4)) {
        case 0 -> {
          history.add("forget everything");
          redis().keys(queue.base() + "*").forEach(key -> redis().del(key));
          model.clear();
        }
        case 1 -> {
          history.add("forget the record of " + id);
          redis().del(queue.recordKey(id), queue.key("body:" + id));
          List.of("leases", "delayed", "dead").forEach(set -> comeUp(set, id));
          reap();
          model.remove(id);
        }
        default -> {
          List<String> structures = new ArrayList<>(List.of("leases", "returned", "delayed"));
          if (count(MessageState.DELIVERED) == 0) {
            structures.addAll(List.of("lane:normal", "lane:high"));
          }
          String lost = structures.get(random.nextInt(structures.size()));
          history.add("lose " + lost);
          redis().del(queue.key(lost));
          mend();
        }
      }
      maintenance.sweep();
    }

    /** Makes a message in a set due. */
    private void comeUp(String set, String id) {
      if (redis().zscore(queue.key(set), id) != null) {
        redis().zadd(queue.key(set), 1, id);
      }
    }

    private void mend() {
      List<String> ids = model.keySet().stream().sorted().toList();
      if (ids.isEmpty()) {
        return;
      }
      maintenance.check(ids);
      for (String id : ids) {
        Known known = model.get(id);
        known.delayed = known.delayed && redis().zscore(queue.key("delayed"), id) != null;
        boolean held = redis().zscore(queue.key("leases"), id) != null;
        if (known.state == MessageState.DELIVERED && !held) {
          known.state = MessageState.RETRYING;
        }
      }
    }

    private void compare() {
      for (int i = 0; i < IDS; i++) {
        String id = "m" + i;
        Known known = model.get(id);
        assertThat(browser.find(id).map(found -> found.state()))
            .as(id)
            .isEqualTo(Optional.ofNullable(known).map(k -> k.state));
        if (known != null) {
          assertThat(browser.find(id).orElseThrow().deliveryCount()).isEqualTo(known.deliveries);
        }
      }
      var statistics = browser.statistics();
      assertThat(statistics.inFlight()).as("in flight").isEqualTo(count(MessageState.DELIVERED));
      assertThat(statistics.deadLetters()).as("dead").isEqualTo(count(MessageState.DEAD));
      assertThat(statistics.delayed())
          .as("delayed")
          .isEqualTo(model.values().stream().filter(known -> known.delayed).count());
      assertThat(statistics.totalBacklog())
          .as("backlog")
          .isEqualTo(
              count(MessageState.DELIVERED)
                  + model.values().stream().filter(this::waiting).count());
    }

    private long count(MessageState state) {
      return model.values().stream().filter(known -> known.state == state).count();
    }

    /** Nothing is stuck: all remaining messages can be claimed and completed. */
    private void drain() {
      history.add("drain");
      redis()
          .zrange(queue.key("leases"), 0, -1)
          .forEach(id -> redis().zadd(queue.key("leases"), 1, id));
      becomeDue();
      for (int i = 0; i < IDS; i++) {
        for (RedisDelivery last : consumers.get(0).claim(IDS)) {
          last.acknowledge("");
        }
      }
      for (String id : model.keySet()) {
        assertThat(browser.find(id).orElseThrow().state())
            .isIn(MessageState.ACKNOWLEDGED, MessageState.DEAD, MessageState.REMOVED);
      }
      assertThat(browser.statistics().totalBacklog()).isZero();
      redis().keys(queue.base() + "*").forEach(key -> redis().del(key));
    }

    private static RedisClusterCommands<String, String> redis() {
      return connections.commands();
    }
  }
}

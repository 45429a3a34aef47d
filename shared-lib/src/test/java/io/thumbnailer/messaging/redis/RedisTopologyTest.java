package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.messaging.ChangeListener;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageChange;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.PermanentFailureException;
import io.thumbnailer.messaging.RetryPolicy;
import io.thumbnailer.messaging.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTopologyTest {
  private static final Destination JOBS = new Destination("jobs");
  private static final int CLUSTER_BUS = 10_000;
  private static final int LARGEST_PORT = 65_535;

  @TempDir private Path directory;

  @Test
  void aQueueBehindASentinelDeliversAndRetriesAndKeepsDeadLetters() throws Exception {
    try (RedisServer master = RedisServer.start(LocalPort.free(), directory.resolve("master"));
        RedisServer sentinel =
            RedisServer.startSentinel(
                LocalPort.free(), directory.resolve("sentinel"), master, "photos")) {
      deliversRetriesAndBuries("redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#photos");
    }
  }

  @Test
  void aQueueOnAClusterDeliversAndRetriesAndKeepsDeadLetters() throws Exception {
    try (RedisServer node = RedisServer.startCluster(clusterPort(), directory)) {
      deliversRetriesAndBuries("redis-cluster://127.0.0.1:" + node.port());
    }
  }

  private static int clusterPort() {
    return IntStream.generate(LocalPort::free)
        .filter(port -> port + CLUSTER_BUS <= LARGEST_PORT)
        .filter(port -> LocalPort.isFree(port + CLUSTER_BUS))
        .findFirst()
        .orElseThrow();
  }

  private static void deliversRetriesAndBuries(String uri) throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    List<String> changes = new CopyOnWriteArrayList<>();
    try (MessagingContext context = RedisMessagingContext.connect(settings(uri));
        Subscription subscription = context.subscribe(JOBS, collectingInto(changes));
        MessageConsumer consumer = context.createConsumer(JOBS, options(executor))) {
      assertThat(subscription).isNotNull();
      consumer.start(
          delivery -> {
            if (delivery.message().id().equals("hopeless")) {
              throw new PermanentFailureException("hopeless", "no use", null);
            }
            if (delivery.message().id().equals("shy") && !delivery.redelivered()) {
              throw new IllegalStateException("not yet");
            }
            delivery.acknowledge("good");
          });
      for (String id : List.of("plain", "shy", "hopeless")) {
        assertThat(context.createProducer(JOBS).send(Message.of(id, "text"))).isTrue();
      }

      MessageBrowser browser = context.createBrowser(JOBS);
      awaitState(browser, "plain", MessageState.ACKNOWLEDGED);
      awaitState(browser, "shy", MessageState.ACKNOWLEDGED);
      awaitState(browser, "hopeless", MessageState.DEAD);
      assertThat(context.deadLetters(JOBS).replay("hopeless")).isTrue();
      await().until(() -> browser.find("hopeless").orElseThrow().deliveryCount() >= 1);
      awaitState(browser, "hopeless", MessageState.DEAD);
      assertThat(browser.statistics().totalBacklog()).isZero();
      await().until(() -> !changes.isEmpty());
    } finally {
      executor.shutdownNow();
    }
  }

  private static ChangeListener collectingInto(List<String> changes) {
    return new ChangeListener() {
      @Override
      public void changed(MessageChange change) {
        changes.add(change.toString());
      }

      @Override
      public void connected() {}
    };
  }

  private static void awaitState(MessageBrowser browser, String id, MessageState state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> browser.find(id).orElseThrow().state() == state);
  }

  private static ConsumerOptions options(ExecutorService executor) {
    return new ConsumerOptions(
        "consumer",
        2,
        executor,
        Duration.ofSeconds(1),
        Duration.ofSeconds(4),
        new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(50)));
  }

  private static RedisSettings settings(String uri) {
    return new RedisSettings(
        uri,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        "test",
        Duration.ofDays(1),
        Duration.ofDays(1));
  }
}

package io.thumbnailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thumbnailer.messaging.ChangeListener;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageChange;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.RetryPolicy;
import io.thumbnailer.messaging.redis.RedisMessagingContext;
import io.thumbnailer.messaging.redis.RedisSettings;
import io.thumbnailer.storage.S3ObjectStore;
import io.thumbnailer.storage.S3Settings;
import io.thumbnailer.storage.StorageException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that disappears without a reset, as after a power failure or when a route is dropped. TCP
 * alone would notice after a quarter of an hour, and on idle connections never.
 */
class LostHostTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** Enough for a busy machine, and far less than TCP takes. */
  private static final Duration NOTICED = Duration.ofMinutes(2);

  @TempDir private static Path directory;
  private static NetworkNamespace host;

  private boolean lost;

  @BeforeAll
  static void start() throws Exception {
    host = NetworkNamespace.create().orElse(null);
    assumeTrue(host != null, "no right to make network namespaces, or no ip and nft");
    host.start(LostHost.class, host.address(), directory.toString());
  }

  @AfterAll
  static void stop() throws Exception {
    if (host != null) {
      host.close();
    }
  }

  @AfterEach
  void find() throws Exception {
    if (lost) {
      host.find();
    }
  }

  @Test
  void connectionsToALostRedisAreClosedEvenIfIdle() throws Exception {
    RedisSettings settings =
        new RedisSettings(
            "redis://%s:%d".formatted(host.address(), LostHost.REDIS_PORT),
            TIMEOUT,
            TIMEOUT,
            "lost",
            Duration.ofHours(1),
            Duration.ofHours(2));
    Destination destination = new Destination("lost");
    Queue<String> handled = new ConcurrentLinkedQueue<>();
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (RedisMessagingContext context = RedisMessagingContext.connect(settings);
        MessageConsumer consumer = context.createConsumer(destination, options(threads))) {
      var unused = context.subscribe(destination, changes(seen)); // ends with the context
      consumer.start(
          delivery -> {
            handled.add(delivery.message().id());
            delivery.acknowledge("done");
          });
      send(context, destination, "before");
      await().atMost(NOTICED).until(() -> handled.contains("before") && !seen.isEmpty());
      assertThat(host.connections()).isPositive();

      lose();
      // Nothing is sent on the subscription's connection, so only keep-alive can detect the loss.
      await().atMost(NOTICED).until(() -> host.connections() == 0);
      assertThatThrownBy(context::checkReachable).isInstanceOf(MessagingException.class);
      assertThat(host.dropped()).isPositive();

      found();
      seen.clear();
      send(context, destination, "after");
      await().atMost(NOTICED).until(() -> handled.contains("after"));
      // A change is not delivered to a subscription that is not connected again yet.
      await()
          .atMost(NOTICED)
          .until(
              () -> {
                send(context, destination, UUID.randomUUID().toString());
                return !seen.isEmpty();
              });
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void callsToALostS3FailInTimeAndLaterOnesUseNewConnections() throws Exception {
    S3Settings settings =
        S3Settings.of(
                LostHost.BUCKET,
                Optional.empty(),
                Optional.of(URI.create("http://%s:%d".formatted(host.address(), LostHost.S3_PORT))),
                Optional.of(new S3Settings.Credentials(LostHost.ACCESS_KEY, LostHost.SECRET_KEY)))
            .withTimeouts(TIMEOUT, TIMEOUT, TIMEOUT.multipliedBy(3), 1);
    try (S3ObjectStore store = S3ObjectStore.open(settings)) {
      await()
          .atMost(NOTICED)
          .ignoreExceptions()
          .untilAsserted(() -> store.put("kept", new byte[300_000], "image/png", Map.of()));
      assertThat(host.connections()).isPositive();

      lose();
      long begun = System.nanoTime();
      assertThatThrownBy(() -> store.head("kept")).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> store.put("new", new byte[300_000], "image/png", Map.of()))
          .isInstanceOf(StorageException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(NOTICED);
      assertThat(host.dropped()).isPositive();
      await().atMost(NOTICED).until(() -> host.connections() == 0);

      found();
      await()
          .atMost(NOTICED)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(store.head("kept")).isPresent());
    }
  }

  private void lose() throws Exception {
    host.lose();
    lost = true;
  }

  private void found() throws Exception {
    host.find();
    lost = false;
  }

  private static ChangeListener changes(Queue<String> seen) {
    return new ChangeListener() {
      @Override
      public void changed(MessageChange change) {
        seen.add(change.toString());
      }

      @Override
      public void connected() {}
    };
  }

  private static ConsumerOptions options(ExecutorService threads) {
    return new ConsumerOptions(
        "lost",
        1,
        threads,
        Duration.ofMillis(500),
        Duration.ofSeconds(15),
        new RetryPolicy(1, Duration.ofMillis(20), Duration.ofMillis(50)));
  }

  private static void send(RedisMessagingContext context, Destination destination, String id) {
    await()
        .ignoreExceptions()
        .atMost(NOTICED)
        .until(
            () -> {
              var unused = context.createProducer(destination).send(Message.of(id, ""));
              return true;
            });
  }
}

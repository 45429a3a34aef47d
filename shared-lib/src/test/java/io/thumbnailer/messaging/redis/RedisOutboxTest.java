package io.thumbnailer.messaging.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.messaging.ConsumerOptions;
import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.Outbox;
import io.thumbnailer.messaging.Outbox.EndNotice;
import io.thumbnailer.messaging.PermanentFailureException;
import io.thumbnailer.messaging.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each end of a message has one end notice until it is marked as done. */
class RedisOutboxTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path data;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Destination destination = new Destination(UUID.randomUUID().toString());
  private RedisServer redis;
  private RedisMessagingContext context;
  private Outbox notices;
  private MessageConsumer consumer;

  @BeforeEach
  void start() {
    redis = RedisServer.start(LocalPort.free(), data);
    context =
        RedisMessagingContext.connect(
            new RedisSettings(
                redis.uri().toString(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                "test",
                Duration.ofHours(1),
                Duration.ofHours(1)));
    notices = context.outbox(destination);
  }

  @AfterEach
  void stop() {
    consumer.close();
    executor.shutdownNow();
    context.close();
    redis.stop();
  }

  @Test
  void anAcknowledgementIsListedUntilItIsDone() {
    consume(delivery -> delivery.acknowledge("good"));
    send("a", true);
    EndNotice notice = awaitNotice();
    assertThat(notice.messageId()).isEqualTo("a");
    assertThat(notices.pending(10)).containsExactly(notice);
    notices.done(notice);
    notices.done(notice);
    assertThat(notices.pending(10)).isEmpty();
  }

  @Test
  void messagesWithoutAnEndNoticeAreNotListed() {
    consume(delivery -> delivery.acknowledge("good"));
    send("quiet", false);
    send("loud", true);
    assertThat(awaitNotice().messageId()).isEqualTo("loud");
    MessageBrowser browser = context.createBrowser(destination);
    await().atMost(LIMIT).until(() -> browser.find("quiet").orElseThrow().endedAt().isPresent());
    assertThat(notices.pending(10)).hasSize(1);
  }

  @Test
  void aMessageThatDiesAgainAfterAReplayIsListedAgain() {
    consume(
        delivery -> {
          throw new PermanentFailureException("broken", "it is broken", null);
        });
    send("a", true);
    EndNotice first = awaitNotice();
    assertThat(context.deadLetters(destination).replay("a")).isTrue();
    await().atMost(LIMIT).until(() -> notices.pending(10).size() == 2);
    notices.done(first);
    assertThat(notices.pending(10))
        .singleElement()
        .satisfies(
            second -> {
              assertThat(second.messageId()).isEqualTo("a");
              assertThat(second.endedAt()).isAfter(first.endedAt());
            });
  }

  private EndNotice awaitNotice() {
    await().atMost(LIMIT).until(() -> !notices.pending(10).isEmpty());
    return notices.pending(10).get(0);
  }

  private void send(String id, boolean endNotice) {
    assertThat(
            context
                .createProducer(destination)
                .send(Message.of(id, "text").withEndNotice(endNotice)))
        .isTrue();
  }

  private void consume(MessageListener listener) {
    consumer =
        context.createConsumer(
            destination,
            new ConsumerOptions(
                "consumer",
                2,
                executor,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                new RetryPolicy(1, Duration.ZERO, Duration.ZERO)));
    consumer.start(listener);
  }
}

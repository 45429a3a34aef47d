package io.thumbnailer.ingest.job.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.ingest.fakes.FakeQueue;
import io.thumbnailer.ingest.fakes.InMemoryObjectStore;
import io.thumbnailer.ingest.fakes.Injection;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.StoredThumbnail;
import io.thumbnailer.messaging.ChangeListener;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageChange;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.Subscription;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobWatcherTest {
  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration NEVER = Duration.ofDays(1);

  private final FakeQueue queue = new FakeQueue();
  private final JobDescription job = description();
  private final Message message = job.toMessage();
  private volatile ChangeListener subscribed;
  private JobWatcher watcher;

  /** The client of one stream: what it received, and whether the server has closed it. */
  private static final class Client {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger heartbeats = new AtomicInteger();
    private volatile boolean closed;

    SseEventSink sink() {
      return proxy(
          SseEventSink.class,
          (name, arguments) ->
              switch (name) {
                case "send" -> {
                  take(arguments[0].toString());
                  yield CompletableFuture.completedFuture(null);
                }
                case "close" -> {
                  closed = true;
                  yield null;
                }
                default -> closed;
              });
    }

    private void take(String event) {
      if (event.contains("comment=")) {
        heartbeats.incrementAndGet();
      } else {
        events.add(event);
      }
    }
  }

  @BeforeAll
  static void bePatient() {
    Awaitility.setDefaultTimeout(1, TimeUnit.MINUTES);
  }

  @BeforeEach
  void start() {
    watch(100, NEVER);
    queue.put(message, MessageState.QUEUED, START, null);
  }

  @AfterEach
  void stop() throws InterruptedException {
    watcher.stop(new Object());
  }

  @Test
  void aStreamBeginsWithTheCurrentStateAndFollowsEveryChangeUntilTheJobEnds() {
    Client client = open(null);
    awaitEvents(client, 1);
    assertThat(client.events.get(0)).contains("QUEUED");
    await().until(() -> subscribed != null);

    change(MessageState.DELIVERED, 1);
    awaitEvents(client, 2);
    assertThat(client.events.get(1)).contains("PROCESSING");

    change(MessageState.ACKNOWLEDGED, 2);
    awaitEvents(client, 3);
    assertThat(client.events.get(2)).contains("DONE").contains("small");
    await().until(() -> client.closed);
    await().until(() -> watcher.openStreams() == 0);
  }

  @Test
  void changesThatWereMissedDuringAnInterruptionAreSentAfterIt() {
    Client client = open(null);
    awaitEvents(client, 1);
    await().until(() -> subscribed != null);
    queue.put(message, MessageState.DELIVERED, START.plusSeconds(1), null);

    subscribed.connected();
    awaitEvents(client, 2);
    assertThat(client.events.get(1)).contains("PROCESSING");
  }

  @Test
  void aStateThatTheClientHasIsNotSentAgain() {
    Client client = open(START.toEpochMilli() + "-QUEUED");
    await().until(() -> subscribed != null);
    change(MessageState.DELIVERED, 1);
    awaitEvents(client, 1);
    assertThat(client.events.get(0)).contains("PROCESSING");
  }

  @Test
  void theDeletionOfAJobIsSentAndEndsItsStreams() {
    Client client = open(null);
    awaitEvents(client, 1);
    await().until(() -> subscribed != null);
    change(MessageState.REMOVED, 1);
    awaitEvents(client, 2);
    assertThat(client.events.get(1)).contains("removed");
    await().until(() -> client.closed);
  }

  @Test
  void streamsSurviveAnOutageOfTheQueue() throws InterruptedException {
    watcher.stop(new Object());
    watch(100, Duration.ofMillis(100)); // each heartbeat reads the jobs again
    Client client = open(null);
    awaitEvents(client, 1);
    queue.setUnreachable(true);
    queue.put(message, MessageState.DELIVERED, START.plusSeconds(1), null);
    int before = client.heartbeats.get();
    await().until(() -> client.heartbeats.get() > before + 2);
    assertThat(client.closed).isFalse();
    assertThat(client.events).hasSize(1);

    queue.setUnreachable(false);
    awaitEvents(client, 2);
    assertThat(client.events.get(1)).contains("PROCESSING");
  }

  @Test
  void noMoreStreamsAreOpenThanAreAllowed() throws InterruptedException {
    watcher.stop(new Object());
    watch(1, NEVER);
    assertThat(watcher.hasRoom()).isTrue();
    Client client = open(null);
    assertThat(watcher.hasRoom()).isFalse();

    awaitEvents(client, 1);
    await().until(() -> subscribed != null);
    change(MessageState.ACKNOWLEDGED, 1);
    await().until(watcher::hasRoom);
  }

  @Test
  void theQueueIsNotSubscribedToWithoutStreams() {
    assertThat(subscribed).isNull();
    Client client = open(null);
    await().until(() -> subscribed != null);
    change(MessageState.ACKNOWLEDGED, 1);
    await().until(() -> client.closed);
    await().until(() -> subscribed == null);
  }

  @Test
  void whenTheServerStopsEveryStreamIsClosed() throws InterruptedException {
    Client client = open(null);
    awaitEvents(client, 1);
    watcher.stop(new Object());
    await().until(() -> client.closed);
  }

  private void watch(int maxStreams, Duration heartbeat) {
    watcher =
        new JobWatcher(
            new JobStore(queue, new InMemoryObjectStore()),
            messaging(),
            new EventSettings(maxStreams, heartbeat, NEVER));
    Injection.set(
        watcher,
        proxy(ManagedThreadFactory.class, (name, arguments) -> daemon((Runnable) arguments[0])));
    watcher.start();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private Client open(String lastEventId) {
    Client client = new Client();
    watcher.open(job.id(), lastEventId, client.sink(), sse());
    return client;
  }

  private void change(MessageState state, int seconds) {
    Instant at = START.plusSeconds(seconds);
    String outcome =
        state == MessageState.ACKNOWLEDGED
            ? StoredThumbnail.format(
                List.of(new StoredThumbnail("small", OutputFormat.JPEG, 1, 1, 1, List.of())))
            : null;
    queue.put(message, state, at, outcome);
    subscribed.changed(new MessageChange(message.id(), state, at, 1));
  }

  private static void awaitEvents(Client client, int count) {
    await().until(() -> client.events.size() >= count);
    assertThat(client.events).hasSize(count);
  }

  private MessagingContext messaging() {
    Subscription subscription = () -> subscribed = null;
    return proxy(
        MessagingContext.class,
        (name, arguments) -> {
          subscribed = (ChangeListener) arguments[1];
          return subscription;
        });
  }

  /** Makes events whose text is all that was set. */
  private static Sse sse() {
    return proxy(
        Sse.class,
        (name, arguments) -> {
          StringBuilder text = new StringBuilder();
          OutboundSseEvent[] event = new OutboundSseEvent[1];
          event[0] = proxy(OutboundSseEvent.class, (called, with) -> text.toString());
          OutboundSseEvent.Builder[] builder = new OutboundSseEvent.Builder[1];
          builder[0] =
              proxy(
                  OutboundSseEvent.Builder.class,
                  (called, with) -> {
                    if (called.equals("build")) {
                      return event[0];
                    }
                    text.append(called).append('=').append(List.of(with)).append(' ');
                    return builder[0];
                  });
          return builder[0];
        });
  }

  private interface Call {
    Object answer(String name, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.answer(method.getName(), arguments)));
  }

  private static JobDescription description() {
    return new JobDescription(
        JobId.next(),
        "cat.png",
        1,
        ImageFormat.PNG,
        1,
        1,
        "aa",
        List.of(Rendition.parse("small", "100x100")),
        Priority.NORMAL);
  }
}

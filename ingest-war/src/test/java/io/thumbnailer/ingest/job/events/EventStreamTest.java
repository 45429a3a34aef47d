package io.thumbnailer.ingest.job.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private final ExecutorService writers = Executors.newCachedThreadPool();
  private final CountDownLatch reading = new CountDownLatch(1);
  private final List<String> written = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  @AfterEach
  void close() {
    reading.countDown();
    writers.shutdown();
  }

  private EventStream stream() {
    SseEventSink sink =
        (SseEventSink)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SseEventSink.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "send" -> {
                        reading.await();
                        written.add(((OutboundSseEvent) arguments[0]).getId());
                        yield CompletableFuture.completedFuture(null);
                      }
                      case "close" -> {
                        closed = true;
                        yield null;
                      }
                      default -> closed;
                    });
    return new EventStream(sink, null, writers, System.nanoTime());
  }

  private static OutboundSseEvent event(String id) {
    return (OutboundSseEvent)
        Proxy.newProxyInstance(
            EventStreamTest.class.getClassLoader(),
            new Class<?>[] {OutboundSseEvent.class},
            (proxy, method, arguments) -> id);
  }

  @Test
  void sendingDoesNotWaitForAClientThatDoesNotRead() {
    EventStream stream = stream();
    stream.send("1", event("1"));
    stream.send("2", event("2"));
    stream.send("2", event("2"));
    stream.close();
    assertThat(written).isEmpty();
    assertThat(stream.open()).isFalse();

    reading.countDown();
    await().until(() -> closed);
    assertThat(written).containsExactly("1", "2");
  }

  @Test
  void aClientThatFallsTooFarBehindLosesItsStream() {
    EventStream stream = stream();
    for (int i = 0; stream.open(); i++) {
      stream.send(Integer.toString(i), event(Integer.toString(i)));
      assertThat(i).isLessThan(100);
    }
    reading.countDown();
    await().until(() -> closed);
  }
}

package io.thumbnailer.scalinglab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.PresentConsumer;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.messaging.QueueSample;
import io.thumbnailer.messaging.QueueStatistics;
import io.thumbnailer.scalinglab.study.Progress;
import io.thumbnailer.scalinglab.upload.ImageMix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With an ingest and a queue whose behaviour the test controls. */
class ClusterLoadTest {
  private static final ImageMix IMAGES = ImageMix.parse("8x8.png:1");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Jobs jobs = new Jobs();
  private volatile int status = 202;
  private HttpServer server;
  private ClusterLoad load;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/upload",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String id = UUID.randomUUID().toString();
          jobs.sent.put(id, Instant.now());
          byte[] body = ("{\"jobs\":[{\"id\":\"" + id + "\"}]}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI ingest = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    load =
        new ClusterLoad(
            ingest, jobs, seconds -> ClusterRunTest.row(seconds, 0, 1, 0), Duration.ofMillis(100));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theRecordingEndsWhenAllJobsAreDone() throws Exception {
    ClusterRun run = load.run(new double[] {0, 0.1, 0.2}, 0.5, IMAGES, 1, Progress.SILENT);
    assertThat(run.jobs()).hasSize(3).allSatisfy(j -> assertThat(j.done()).isTrue());
    assertThat(run.jobs().get(0).worked()).isCloseTo(Jobs.WORK.toMillis() / 1000.0, within(0.002));
    assertThat(run.rows().get(run.rows().size() - 1).seconds())
        .isGreaterThanOrEqualTo(run.lastEnd());
    assertThat(run.rows()).hasSizeGreaterThan(5);
  }

  @Test
  void uploadsThatFailAreAnError() {
    status = 503;
    jobs.countsNothing = true;
    assertThatThrownBy(() -> load.run(new double[] {0, 0.1}, 0.2, IMAGES, 1, Progress.SILENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("HTTP 503");
  }

  /** Each message is delivered at once, and done a second later. */
  private static final class Jobs implements MessageBrowser {
    static final Duration WORK = Duration.ofSeconds(1);

    final Map<String, Instant> sent = new ConcurrentHashMap<>();
    volatile boolean countsNothing;

    @Override
    public Optional<MessageRecord> find(String id) {
      return Optional.ofNullable(sent.get(id))
          .map(
              at ->
                  new MessageRecord(
                      Message.of(id, ""),
                      MessageState.ACKNOWLEDGED,
                      1,
                      at,
                      at.plus(WORK),
                      Optional.of(at),
                      Optional.of(at.plus(WORK)),
                      Optional.empty(),
                      Optional.empty(),
                      0));
    }

    @Override
    public QueueStatistics statistics() {
      Instant done = Instant.now().minus(WORK);
      long open = sent.values().stream().filter(at -> at.isAfter(done)).count();
      return backlog(countsNothing ? 0 : open);
    }

    @Override
    public boolean remove(String messageId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget(String messageId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MessagePage list(Set<MessageState> states, Optional<String> below, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<PresentConsumer> consumers() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<QueueSample> history(Instant after) {
      throw new UnsupportedOperationException();
    }
  }

  private static QueueStatistics backlog(long jobs) {
    return new QueueStatistics(
        Map.of(Priority.NORMAL, jobs), jobs, 0, 0, Duration.ZERO, 0, 0, 1, 1);
  }
}

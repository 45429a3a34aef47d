package io.thumbnailer.scalinglab.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thumbnailer.scalinglab.study.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests with a server whose answers the test controls; {@code run} tests the deployment itself. */
class OpenLoopUploaderTest {
  private static final ImageMix IMAGES = ImageMix.parse("40x30:3,80x60:1");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger received = new AtomicInteger();
  private HttpServer server;
  private URI target;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    target = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void uploadsDoNotWaitForEarlierResponses() throws Exception {
    CountDownLatch allCame = new CountDownLatch(5);
    server.createContext(
        "/upload",
        exchange -> {
          allCame.countDown();
          await(allCame);
          answer(exchange, 202, accepted());
        });
    // Each answer comes only when all five uploads are there: a closed loop would never end.
    UploadResult result = upload(0, 0.01, 0.02, 0.03, 0.04);
    assertThat(result.accepted()).hasSize(5);
    assertThat(result.errors()).isEmpty();
    assertThat(result.accepted().get(0).jobId()).hasSize(36);
  }

  @Test
  void latencyCountsFromWhenTheUploadWasDue() throws Exception {
    server.createContext("/upload", exchange -> answer(exchange, 202, accepted()));
    OpenLoopUploader uploader =
        new OpenLoopUploader(target, Map.of(), IMAGES, Duration.ofSeconds(30));
    // Due half a second before the run began: that half second belongs to the latency.
    UploadResult result = uploader.run(new double[] {-0.5}, 1, 1, Progress.SILENT);
    assertThat(result.latency().getMinValue()).isGreaterThanOrEqualTo(499_000);
  }

  @Test
  void otherResponsesAreCountedAsErrorsByKind() throws Exception {
    server.createContext(
        "/upload",
        exchange -> {
          int number = received.incrementAndGet();
          answer(exchange, number % 2 == 0 ? 503 : 202, number % 2 == 0 ? "{}" : "{\"jobs\":[]}");
        });
    UploadResult result = upload(0, 0, 0, 0);
    assertThat(result.accepted()).isEmpty();
    assertThat(result.errors()).isEqualTo(Map.of("HTTP 503", 2, "HTTP 202 without a job", 2));
    assertThat(result.offered()).isEqualTo(4);
  }

  @Test
  void anUnreachableServerIsAnError() throws Exception {
    server.stop(0);
    assertThat(upload(0).errors()).containsEntry("ConnectException", 1);
  }

  @Test
  void jobsThatDoNotEndAreCountedAsLost() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.createContext("/jobs/done", e -> answer(e, 200, done(asked.incrementAndGet() > 2)));
    server.createContext("/jobs/failed", e -> answer(e, 200, "{\"status\":\"FAILED\"}"));
    server.createContext("/jobs/unknown", e -> answer(e, 404, "{}"));
    JobFollower follower = new JobFollower(target, Map.of());
    JobFollower.Result result =
        follower.follow(
            List.of(
                new Accepted("done", "40x30", 0, 0.25), new Accepted("failed", "40x30", 0, 0.25)),
            Duration.ofMinutes(5),
            Progress.SILENT);
    JobFollower.Result unknown =
        follower.follow(
            List.of(new Accepted("unknown", "40x30", 0, 0.25)), Duration.ZERO, Progress.SILENT);
    assertThat(unknown.lost()).isEqualTo(1);
    assertThat(result.done()).isEqualTo(1);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.lost()).isZero();
    // 250 ms of upload and 1500 ms from acceptance to completion
    assertThat(result.toThumbnails().getMaxValue()).isBetween(1750L, 1752L);
  }

  @Test
  void imagesAreChosenByTheirWeights() {
    SplittableRandom random = new SplittableRandom(1);
    long large = 0;
    for (int i = 0; i < 4000; i++) {
      large += IMAGES.draw(random).label().equals("80x60") ? 1 : 0;
    }
    assertThat(large).isBetween(850L, 1150L);
    assertThatThrownBy(() -> ImageMix.parse("40x30")).hasMessageContaining("not a size");
    assertThatThrownBy(() -> ImageMix.parse("40x0:1")).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> ImageMix.parse("99999x99999:1")).hasMessageContaining("50 million");
  }

  private UploadResult upload(double... times) throws InterruptedException {
    return new OpenLoopUploader(target, Map.of(), IMAGES, Duration.ofSeconds(30))
        .run(times, 1, 1, Progress.SILENT);
  }

  private static String accepted() {
    return "{\"jobs\":[{\"id\":\"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b\",\"status\":\"QUEUED\"}]}";
  }

  private static String done(boolean yet) {
    return yet
        ? "{\"status\":\"DONE\",\"createdAt\":\"2026-11-24T10:00:00.000Z\","
            + "\"completedAt\":\"2026-11-24T10:00:01.500Z\"}"
        : "{\"status\":\"PROCESSING\"}";
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

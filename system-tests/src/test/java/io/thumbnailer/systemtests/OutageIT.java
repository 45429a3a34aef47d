package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.FreezableLink;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The service during an outage of one of its parts, and its recovery. */
class OutageIT {
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  /** A dead worker is detected quickly, which makes the test fast. */
  private static final Map<String, String> QUICK_RECOVERY =
      Map.of(
          "THUMBNAILER_WORKER_HEARTBEAT", "PT0.5S",
          "THUMBNAILER_WORKER_LEASE", "PT3S",
          "THUMBNAILER_RECONCILER_INTERVAL", "PT5S",
          "THUMBNAILER_RECONCILER_MIN_AGE", "PT10S");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path directory;

  private static Deployment deployment;
  private static FreezableLink storageLink;
  private static ThumbnailerClient client;
  private static ThumbnailerClient management;
  private static LibertyServer ingest;
  private static LibertyServer worker;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(directory);
    storageLink = new FreezableLink(deployment.s3().endpoint().getPort());
    ingest =
        deployment.launchServer(
            ServerRole.INGEST,
            Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + storageLink.port()));
    worker = deployment.launchServer(ServerRole.WORKER, QUICK_RECOVERY);
    ingest.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
    client = new ThumbnailerClient(ingest.uri());
    management = new ThumbnailerClient(ingest.management());
  }

  @AfterAll
  static void stop() {
    deployment.close();
    storageLink.close();
  }

  @Test
  void withoutRedisUploadsAreAcceptedAndDoneWhenItIsBack() {
    deployment.redis().stop();
    try {
      awaitDependency("redis", "unreachable");
      assertThat(management.get("health/live").statusCode()).isEqualTo(200);
      assertWorkerReadiness(503);

      String id = upload();
      assertThat(client.job(id).get("status").asText()).isEqualTo("QUEUED");
      String keyed = accepted(repeatable("photo.jpg"));
      assertThat(accepted(repeatable("photo.jpg"))).isEqualTo(keyed);
      assertThat(repeatable("other.jpg").statusCode()).isEqualTo(409);

      deployment.redis().restart();
      client.awaitDone(id);
      client.awaitDone(keyed);
      assertThat(accepted(repeatable("photo.jpg"))).isEqualTo(keyed);
    } finally {
      deployment.redis().restart();
    }
    awaitDependency("redis", "reachable");
    worker.awaitReady(RECOVERY);
  }

  @Test
  void aHangingRedisDelaysNeitherUploadsNorMetrics() throws Exception {
    String before = upload();
    client.awaitDone(before);
    ExecutorService clients = Executors.newFixedThreadPool(20);
    List<Future<String>> uploads = new ArrayList<>();
    deployment.redis().freeze();
    long begun = System.nanoTime();
    try {
      for (int i = 0; i < 40; i++) {
        uploads.add(clients.submit(OutageIT::upload));
      }
      for (Future<String> upload : uploads) {
        assertThat(client.job(upload.get()).get("status").asText()).isEqualTo("QUEUED");
      }
      assertThat(management.get("metrics").statusCode()).isEqualTo(200);
      // one after the other, some 100 calls to Redis would take 1.5 s each
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(RECOVERY);
    } finally {
      deployment.redis().thaw();
      clients.shutdown();
    }
    for (Future<String> upload : uploads) {
      client.awaitDone(upload.get());
    }
  }

  @Test
  void withoutS3UploadsAreRefusedUntilItIsBack() {
    deployment.s3().stop();
    try {
      awaitDependency("s3", "unreachable");
      assertThat(management.get("health/live").statusCode()).isEqualTo(200);
      assertWorkerReadiness(503);
      assertUnavailable("storage-unavailable");
    } finally {
      deployment.s3().restart();
    }
    awaitDependency("s3", "reachable");
    worker.awaitReady(RECOVERY);
    client.awaitDone(upload());
  }

  @Test
  void whileS3HangsClientsGetRetryAfterAndNoThreadIsHeld() throws Exception {
    String known = upload();
    client.awaitDone(known);
    ExecutorService clients = Executors.newFixedThreadPool(100);
    List<Future<Integer>> answers = new ArrayList<>();
    storageLink.freeze();
    long begun = System.nanoTime();
    try {
      for (int i = 0; i < 200; i++) {
        answers.add(
            clients.submit(() -> client.get("thumbnails/" + known + "/small").statusCode()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(503);
      }
      assertUnavailable("storage-unavailable");
      assertThat(management.get("health/live").statusCode()).isEqualTo(200);
      assertThat(storageLink.withheld()).isPositive();
      // one call after the other on 50 connections would take 4 times 6 s for the thumbnails alone
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(RECOVERY);
    } finally {
      storageLink.thaw();
      clients.shutdown();
    }
    await("S3 to be asked again")
        .atMost(RECOVERY)
        .until(() -> client.get("thumbnails/" + known + "/small").statusCode() == 200);
  }

  @Test
  void jobsInterruptedByAnOutageOfS3AreDoneAfterIt() {
    List<String> jobs = uploadSlow();
    awaitStatus(jobs, "PROCESSING");
    deployment.s3().stop();
    awaitStatus(jobs, "RETRYING");
    deployment.s3().restart();
    jobs.forEach(client::awaitDone);
  }

  @Test
  void anotherWorkerDoesTheJobsOfAKilledOne() {
    List<String> jobs = uploadSlow();
    awaitStatus(jobs, "PROCESSING");
    worker.kill();
    assertThat(jobs).anyMatch(id -> !client.job(id).get("status").asText().equals("DONE"));

    worker.restart();
    worker.awaitReady(Deployment.START_LIMIT);
    jobs.forEach(client::awaitDone);
    await("the originals to go")
        .atMost(RECOVERY)
        .until(
            () -> deployment.objects().list("uploads/", Optional.empty(), 10).objects().isEmpty());
  }

  /** JPEG would be rendered too fast to be observed. */
  private static List<String> uploadSlow() {
    List<String> jobs = new ArrayList<>();
    byte[] slow = TestImages.encoded(3000, 2000, "png");
    for (int i = 0; i < 20; i++) {
      jobs.add(client.upload("slow.png", slow));
    }
    return jobs;
  }

  private static void awaitStatus(List<String> jobs, String status) {
    await("a job to be " + status)
        .atMost(RECOVERY)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                jobs.stream().anyMatch(id -> client.job(id).get("status").asText().equals(status)));
  }

  private static String upload() {
    return client.upload("photo.jpg", TestImages.encoded(800, 600, "jpeg"));
  }

  private static void assertUnavailable(String code) {
    HttpResponse<String> answer =
        client.post(new MultipartForm().file("photo.jpg", TestImages.encoded(64, 64, "jpeg")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(client.body(answer).get("code").asText()).isEqualTo(code);
    assertThat(answer.headers().firstValue("Retry-After").orElseThrow()).matches("\\d+");
  }

  private static HttpResponse<String> repeatable(String filename) {
    return client.post(
        new MultipartForm().file(filename, TestImages.encoded(800, 600, "jpeg")),
        "Idempotency-Key",
        "the-same-every-time");
  }

  private static String accepted(HttpResponse<String> answer) {
    return client.accepted(answer).get(0).get("id").asText();
  }

  private static void awaitDependency(String name, String state) {
    await(name + " to be " + state)
        .atMost(RECOVERY)
        .until(
            () -> {
              HttpResponse<String> ready = management.get("health/ready");
              assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
              return client.body(ready).at("/checks/0/data/" + name).asText().equals(state);
            });
  }

  private static void assertWorkerReadiness(int status) {
    assertThat(new ThumbnailerClient(worker.uri()).get("health/ready").statusCode())
        .isEqualTo(status);
  }
}

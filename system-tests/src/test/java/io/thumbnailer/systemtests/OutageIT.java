package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.pictures.TestPictures;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What users see while a part of the system is gone, and that all is well when it is back. */
class OutageIT {
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  /** A silent worker is noticed soon, so that the test is. */
  private static final Map<String, String> QUICK_RECOVERY =
      Map.of(
          "THUMBNAILER_WORKER_HEARTBEAT", "PT0.5S",
          "THUMBNAILER_WORKER_LEASE", "PT3S",
          "THUMBNAILER_RECONCILER_INTERVAL", "PT5S",
          "THUMBNAILER_RECONCILER_MIN_AGE", "PT10S");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static Deployment deployment;
  private static ThumbnailerClient client;
  private static LibertyServer ingest;
  private static LibertyServer worker;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(folder);
    ingest = deployment.launchServer(ServerRole.INGEST, Map.of());
    worker = deployment.launchServer(ServerRole.WORKER, QUICK_RECOVERY);
    ingest.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
    client = new ThumbnailerClient(ingest.uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  @Test
  void withoutRedisUploadsAreRefusedAndNothingIsKeptUntilItIsBack() {
    deployment.redis().stop();
    assertProbe("health/ready", 503);
    assertProbe("health/live", 200);
    assertUnavailable("queue-unavailable");
    assertThat(deployment.objects().list("uploads/", Optional.empty(), 10).objects()).isEmpty();

    deployment.redis().restart();
    awaitReady();
    client.awaitDone(upload());
  }

  @Test
  void withoutS3UploadsAreRefusedUntilItIsBack() {
    deployment.s3().stop();
    assertProbe("health/ready", 503);
    assertProbe("health/live", 200);
    assertUnavailable("storage-unavailable");

    deployment.s3().restart();
    awaitReady();
    client.awaitDone(upload());
  }

  @Test
  void jobsThatMeetAnOutageOfS3AreDoneAfterIt() {
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      jobs.add(upload());
    }
    deployment.s3().stop();
    deployment.s3().restart();
    jobs.forEach(client::awaitDone);
  }

  @Test
  void theJobsOfAKilledWorkerAreDoneByAnother() {
    List<String> jobs = new ArrayList<>();
    byte[] slow = TestPictures.encoded(3000, 2000, "png"); // JPEG would be done too soon to be seen
    for (int i = 0; i < 20; i++) {
      jobs.add(client.upload("slow.png", slow));
    }
    await("a job in work")
        .atMost(RECOVERY)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                jobs.stream()
                    .anyMatch(id -> client.job(id).get("status").asText().equals("PROCESSING")));
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

  private static String upload() {
    return client.upload("photo.jpg", TestPictures.encoded(800, 600, "jpeg"));
  }

  private static void assertUnavailable(String code) {
    HttpResponse<String> answer =
        client.post(new MultipartForm().file("photo.jpg", TestPictures.encoded(64, 64, "jpeg")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(client.body(answer).get("code").asText()).isEqualTo(code);
    assertThat(answer.headers().firstValue("Retry-After").orElseThrow()).matches("\\d+");
  }

  private static void assertProbe(String path, int status) {
    for (LibertyServer server : List.of(ingest, worker)) {
      assertThat(new ThumbnailerClient(server.uri()).get(path).statusCode())
          .as("%s of %s", path, server.uri())
          .isEqualTo(status);
    }
  }

  private static void awaitReady() {
    ingest.awaitReady(RECOVERY);
    worker.awaitReady(RECOVERY);
  }
}

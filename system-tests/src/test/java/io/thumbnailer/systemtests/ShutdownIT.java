package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is stopped during a job hands it back immediately. */
class ShutdownIT {
  /** Far beyond the time-out of the test: a job that waits for it was not handed back. */
  private static final Map<String, String> LONG_LEASE =
      Map.of(
          "THUMBNAILER_WORKER_LEASE",
          "PT10M",
          "THUMBNAILER_WORKER_CONCURRENCY",
          "2",
          "THUMBNAILER_WORKER_SHUTDOWN_GRACE",
          "PT0S");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path directory;

  private static Deployment deployment;
  private static ThumbnailerClient client;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(directory);
    LibertyServer ingest = deployment.launchServer(ServerRole.INGEST, Map.of());
    ingest.awaitReady(Deployment.START_LIMIT);
    client = new ThumbnailerClient(ingest.uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  @Test
  void aTerminatedWorkerHandsBackItsJobsAndTheAttemptDoesNotCount() {
    handsBack(LibertyServer::requestStop);
  }

  @Test
  void aStoppedWorkerHandsBackItsJobsAndTheAttemptDoesNotCount() {
    handsBack(LibertyServer::requestStopByCommand);
  }

  private static void handsBack(Consumer<LibertyServer> stop) {
    LibertyServer worker = deployment.startServer(ServerRole.WORKER, LONG_LEASE);
    byte[] slow =
        TestImages.encoded(3000, 2000, "png"); // JPEG would be rendered too fast to be observed
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      jobs.add(client.upload("slow.png", slow));
    }
    await("a job in work")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> inWork(jobs) > 0);

    long stopped = System.nanoTime();
    stop.accept(worker);
    await("the hand-back")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> inWork(jobs) == 0);
    System.out.printf(
        "hand-back seen %d ms after the stop%n",
        Duration.ofNanos(System.nanoTime() - stopped).toMillis());
    assertThat(jobs).anyMatch(id -> client.job(id).get("status").asText().equals("QUEUED"));

    LibertyServer next = deployment.startServer(ServerRole.WORKER, LONG_LEASE);
    jobs.forEach(id -> assertThat(client.awaitDone(id).get("attempts").asInt()).isEqualTo(1));
    next.stop();
  }

  private static long inWork(List<String> jobs) {
    return jobs.stream()
        .filter(id -> client.job(id).get("status").asText().equals("PROCESSING"))
        .count();
  }
}

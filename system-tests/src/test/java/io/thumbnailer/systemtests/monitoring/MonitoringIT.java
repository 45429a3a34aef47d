package io.thumbnailer.systemtests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.systemtests.Deployment;
import io.thumbnailer.systemtests.MultipartForm;
import io.thumbnailer.systemtests.ThumbnailerClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus with the real rules, and a real exporter of Redis' metrics, monitor two ingest
 * servers and a worker. The values that autoscalers use are compared with Redis itself.
 */
class MonitoringIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final byte[] PHOTO = TestImages.encoded(640, 480, "jpeg");

  private static final MonitoringExpressions EXPRESSIONS =
      new MonitoringExpressions(Path.of(System.getProperty("thumbnailer.project", "..")));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path directory;

  private static final List<AutoCloseable> STARTED = new ArrayList<>();
  private static Deployment deployment;
  private static LibertyServer worker;
  private static ThumbnailerClient client;
  private static RedisCommands<String, String> redis;
  private static PrometheusServer prometheus;

  @BeforeAll
  static void start() {
    Path prometheusProgram = LocalProgram.required("prometheus");
    Path exporterProgram = LocalProgram.required("prometheus-redis-exporter");
    deployment = started(Deployment.start(directory));
    LibertyServer ingest = deployment.launchServer(ServerRole.INGEST, Map.of());
    LibertyServer second = deployment.launchServer(ServerRole.INGEST, Map.of());
    worker = deployment.launchServer(ServerRole.WORKER, Map.of());
    RedisClient redisClient = RedisClient.create(deployment.redis().uri().toString());
    STARTED.add(redisClient::shutdown);
    StatefulRedisConnection<String, String> connection = started(redisClient.connect());
    redis = connection.sync();
    int exporterPort = LocalPort.free();
    started(
        LocalProgram.start(
            exporterProgram,
            directory.resolve("exporter.log"),
            "--redis.addr=" + deployment.redis().uri(),
            "--web.listen-address=127.0.0.1:" + exporterPort));
    prometheus =
        started(
            PrometheusServer.start(
                prometheusProgram,
                directory,
                EXPRESSIONS.rulesFile().toAbsolutePath(),
                Map.of(
                    "ingest", List.of(address(ingest), address(second)),
                    "worker", List.of(address(worker)),
                    "redis", List.of("127.0.0.1:" + exporterPort))));
    for (LibertyServer server : List.of(ingest, second, worker)) {
      server.awaitReady(Deployment.START_LIMIT);
    }
    client = new ThumbnailerClient(ingest.uri());
    await("the first scrapes")
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> prometheus.query("up == 1").size() == 4);
  }

  @AfterAll
  static void stop() throws Exception {
    for (int i = STARTED.size() - 1; i >= 0; i--) {
      STARTED.get(i).close();
    }
  }

  /**
   * Every ingest server reports the whole queue, in three lanes: a sum over servers, or a single
   * lane, would differ from the number in Redis.
   */
  @Test
  void theBacklogOfTheAutoscalersIsThatOfRedis() {
    awaitBacklog(0);
    worker.stop();
    List<String> jobs = new ArrayList<>();
    for (Map.Entry<String, Integer> lane : Map.of("high", 2, "normal", 4, "low", 7).entrySet()) {
      for (int i = 0; i < lane.getValue(); i++) {
        jobs.add(upload(lane.getKey()));
      }
    }
    assertThat(jobsInRedis()).isEqualTo(13);
    awaitBacklog(13);
    await("the alert for missing workers to begin")
        .atMost(LIMIT)
        .until(
            () ->
                !prometheus
                    .query("ALERTS{alertname=\"ThumbnailerNoWorkers\",alertstate=\"pending\"}")
                    .isEmpty());

    worker.restart();
    worker.awaitReady(Deployment.START_LIMIT);
    jobs.forEach(client::awaitDone);
    assertThat(jobsInRedis()).isZero();
    awaitBacklog(0);
  }

  @Test
  void everyPanelShowsNumbersWhilePhotosAreProcessed() {
    await("numbers in every panel")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              client.awaitDone(upload("normal"));
              Map<String, String> empty = new TreeMap<>(EXPRESSIONS.ofPanels());
              empty.values().removeIf(MonitoringIT::givesANumber);
              assertThat(empty).isEmpty();
            });
  }

  @Test
  void recordingRulesGiveNumbers() {
    assertThat(EXPRESSIONS.recordings()).isNotEmpty();
    for (String recording : EXPRESSIONS.recordings()) {
      await(recording).atMost(LIMIT).until(() -> givesANumber(recording));
    }
  }

  /** An alert about a series that never exists can never fire. */
  @Test
  void everySeriesOfAnAlertExists() {
    failOneRequest();
    await("all series of alerts")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              Set<String> missing = new TreeSet<>(EXPRESSIONS.selectorsOfAlerts());
              assertThat(missing).hasSizeGreaterThan(10);
              missing.removeIf(MonitoringIT::givesANumber);
              assertThat(missing).isEmpty();
            });
  }

  private static void failOneRequest() {
    deployment.s3().stop();
    try {
      assertThat(client.post(new MultipartForm().file("a.jpg", PHOTO)).statusCode()).isEqualTo(503);
    } finally {
      deployment.s3().restart();
    }
  }

  private static void awaitBacklog(double jobs) {
    for (String query : List.of(EXPRESSIONS.ofAdapter(), EXPRESSIONS.ofKeda())) {
      await(query)
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(prometheus.query(query)).containsExactly(jobs));
    }
  }

  /** The entries of all lanes, counted by Redis itself: waiting and in flight. */
  private static long jobsInRedis() {
    List<String> lanes =
        redis.keys("*:lane:*").stream().filter(key -> redis.type(key).equals("stream")).toList();
    assertThat(lanes).hasSize(3);
    return lanes.stream().mapToLong(redis::xlen).sum();
  }

  private static boolean givesANumber(String expression) {
    return prometheus.query(expression).stream().anyMatch(value -> !value.isNaN());
  }

  private static String upload(String lane) {
    MultipartForm form = new MultipartForm().file("photo.jpg", PHOTO).field("priority", lane);
    return client.accepted(client.post(form)).get(0).get("id").asText();
  }

  private static String address(LibertyServer server) {
    URI uri = server.management();
    return uri.getHost() + ":" + uri.getPort();
  }

  private static <T extends AutoCloseable> T started(T resource) {
    STARTED.add(resource);
    return resource;
  }
}

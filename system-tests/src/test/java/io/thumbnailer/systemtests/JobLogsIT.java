package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers' logs as in containers: in JSON, with the job's id in each of its lines. */
class JobLogsIT {
  private static final Map<String, String> JSON_LOGS =
      Map.of(
          "WLP_LOGGING_CONSOLE_FORMAT",
          "JSON",
          "WLP_LOGGING_CONSOLE_SOURCE",
          "message",
          "WLP_LOGGING_CONSOLE_LOGLEVEL",
          "INFO");
  private static final String KEY = "client-key-that-no-log-may-hold";
  private static final String WRONG_KEY = "wrong-key-that-no-log-may-hold";
  private static final String HOSTILE_NAME = "../../etc/Anna Müller {0} ${env.HOME} <b>.jpg";
  private static final Duration LOG_LIMIT = Duration.ofSeconds(30);

  @TempDir static Path directory;
  private static Deployment deployment;
  private static LibertyServer ingest;
  private static LibertyServer worker;
  private static String good;
  private static String corrupt;

  @BeforeAll
  static void runJobs() {
    deployment = Deployment.start(directory);
    Map<String, String> access =
        Map.of(
            "THUMBNAILER_ACCESS",
            "api-keys",
            "THUMBNAILER_ACCESS_KEYS_SHOP",
            Deployment.keySetting(KEY, "client"));
    ingest = deployment.launchServer(ServerRole.INGEST, with(access));
    worker = deployment.launchServer(ServerRole.WORKER, JSON_LOGS);
    ingest.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
    ThumbnailerClient client = new ThumbnailerClient(ingest.uri());
    byte[] image = TestImages.encoded(400, 300, "png");
    byte[] broken = image.clone();
    Arrays.fill(broken, 50, broken.length - 20, (byte) 0xFF);
    good = upload(client, image);
    corrupt = upload(client, broken);
    assertThat(end(client, good)).isEqualTo("DONE");
    assertThat(end(client, corrupt)).isEqualTo("FAILED");
    assertThat(client.post(form(image), "X-API-Key", WRONG_KEY).statusCode()).isEqualTo(401);
    HttpResponse<String> signed =
        client.send(
            client
                .request("uploads")
                .header("X-API-Key", KEY)
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"filename\":\"direct-secret.jpg\",\"contentType\":\"image/jpeg\","
                            + "\"size\":1000}")));
    assertThat(signed.statusCode()).as(signed.body()).isEqualTo(201);
    assertThat(signed.body()).contains("X-Amz-Signature");
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  @Test
  void logLinesOfAJobContainItsIdAsAField() {
    for (LibertyServer server : List.of(ingest, worker)) {
      for (String job : List.of(good, corrupt)) {
        await("lines about job " + job + " in " + server.log())
            .atMost(LOG_LIMIT)
            .until(() -> lines(server).stream().anyMatch(line -> message(line).contains(job)));
      }
      assertThat(lines(server))
          .allSatisfy(
              line -> {
                for (String job : List.of(good, corrupt)) {
                  if (message(line).contains(job)) {
                    assertThat(line.path("ext_jobId").asText()).as(line.toString()).isEqualTo(job);
                  }
                }
              });
    }
  }

  @Test
  void otherLogLinesContainNoJobId() {
    assertThat(lines(worker))
        .filteredOn(line -> message(line).contains("jobs at a time"))
        .isNotEmpty()
        .noneMatch(line -> line.has("ext_jobId"));
  }

  @Test
  void logsContainNoKeysPresignedUrlsOrFileNames() throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.walk(directory)) {
      logs = files.filter(file -> file.toString().endsWith(".log")).toList();
    }
    assertThat(logs).contains(ingest.log(), worker.log());
    assertThat(logs)
        .allSatisfy(
            log ->
                assertThat(log)
                    .content()
                    .doesNotContain(KEY, WRONG_KEY, Deployment.ADMIN_KEY)
                    .doesNotContain(deployment.s3().secretKey(), "X-Amz-Signature")
                    .doesNotContain("Anna", "direct-secret"));
  }

  private static Map<String, String> with(Map<String, String> settings) {
    Map<String, String> both = new HashMap<>(JSON_LOGS);
    both.putAll(settings);
    return both;
  }

  private static MultipartForm form(byte[] image) {
    return new MultipartForm().file(HOSTILE_NAME, image);
  }

  private static String upload(ThumbnailerClient client, byte[] image) {
    return client.accepted(client.post(form(image), "X-API-Key", KEY)).get(0).get("id").asText();
  }

  private static String end(ThumbnailerClient client, String job) {
    return await("the end of job " + job)
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> client.body(client.get("jobs/" + job, "X-API-Key", KEY)).get("status").asText(),
            status -> List.of("DONE", "FAILED").contains(status));
  }

  /** What the JVM itself prints, such as its version and warnings, is not in JSON. */
  private static List<JsonNode> lines(LibertyServer server) {
    ObjectMapper json = new ObjectMapper();
    try (Stream<String> lines = Files.lines(server.log())) {
      String logged = lines.filter(line -> line.startsWith("{")).collect(Collectors.joining("\n"));
      return json.readerFor(JsonNode.class).<JsonNode>readValues(logged).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String message(JsonNode line) {
    return line.path("message").asText();
  }
}

package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access by API keys, which is the default. */
class AccessIT {
  @TempDir static Path directory;
  private static final String UNKNOWN_JOB = "jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b";
  private static final String CLIENT_KEY = "client-key-of-the-system-tests";

  private static final String OTHER_KEY = "other-key-of-the-system-tests";

  private static final String DIRECT_KEY = "direct-key-of-the-system-tests";

  private static final String SLOW_KEY = "slow-key-of-the-system-tests";
  private static final String SMALL_KEY = "small-key-of-the-system-tests";

  private static Deployment deployment;
  private static ThumbnailerClient client;
  private static ThumbnailerClient otherServer;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(directory);
    LibertyServer one = deployment.launchServer(ServerRole.INGEST, keys());
    LibertyServer other = deployment.launchServer(ServerRole.INGEST, keys());
    LibertyServer worker = deployment.launchServer(ServerRole.WORKER, Map.of());
    one.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
    other.awaitReady(Deployment.START_LIMIT);
    client = new ThumbnailerClient(one.uri());
    otherServer = new ThumbnailerClient(other.uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  private static Map<String, String> keys() {
    Map<String, String> settings = new HashMap<>();
    settings.put("THUMBNAILER_ACCESS", "api-keys");
    settings.put("THUMBNAILER_ACCESS_KEYS_SHOP", Deployment.keySetting(CLIENT_KEY, "client"));
    settings.put(
        "THUMBNAILER_ACCESS_KEYS_SLOW", Deployment.keySetting(SLOW_KEY, "rate=6/d,burst=6"));
    settings.put("THUMBNAILER_ACCESS_KEYS_OTHER", Deployment.keySetting(OTHER_KEY, "client"));
    settings.put("THUMBNAILER_ACCESS_KEYS_DIRECT", Deployment.keySetting(DIRECT_KEY, "quota=2/d"));
    settings.put("THUMBNAILER_ACCESS_KEYS_SMALL", Deployment.keySetting(SMALL_KEY, "quota=2/d"));
    return settings;
  }

  @Test
  void publicCallsNeedNoKey() {
    for (String path : List.of("", "js/uploads-page.js", "openapi", "openapi/ui/")) {
      assertThat(client.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void aThumbnailThatNeedsAKeyIsNotForSharedCaches() {
    MultipartForm form = new MultipartForm().file("mine.png", TestImages.encoded(64, 64, "png"));
    String id =
        client.accepted(client.post(form, "X-API-Key", CLIENT_KEY)).get(0).get("id").asText();
    HttpResponse<String> answer =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> client.get("thumbnails/" + id + "/small", "X-API-Key", CLIENT_KEY),
                thumbnail -> thumbnail.statusCode() == 200);
    assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
        .startsWith("private")
        .contains("immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobs",
        "jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
        "jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/events",
        "thumbnails/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/small",
        "admin/queue"
      })
  void allOtherCallsNeedAKey(String path) {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("unauthorized");
    assertThat(challenges(answer)).containsExactly("Bearer realm=\"thumbnailer\"");
    HttpResponse<String> wrong = client.get(path, "Authorization", "Bearer " + CLIENT_KEY + "x");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(challenges(wrong))
        .containsExactly("Bearer realm=\"thumbnailer\", error=\"invalid_token\"");
    assertThat(client.get(path, "X-API-Key", "").statusCode()).isEqualTo(401);
    assertThat(client.get(path, "X-API-Key", CLIENT_KEY + " x").statusCode()).isEqualTo(401);
    assertThat(client.get(path, "Authorization", "Basic " + CLIENT_KEY).statusCode())
        .isEqualTo(401);
    assertThat(client.get(path, "X-API-Key", "x".repeat(5000)).statusCode()).isEqualTo(401);
  }

  private static List<String> challenges(HttpResponse<String> answer) {
    return answer.headers().allValues("WWW-Authenticate");
  }

  @Test
  void theDescriptionListsTheRefusalsOfThisServer() {
    JsonNode paths = client.body(client.get("openapi?format=json")).get("paths");
    assertThat(paths.at("/~1upload/post/responses").fieldNames())
        .toIterable()
        .contains("401", "429")
        .as("every key is good for it")
        .doesNotContain("403");
    assertThat(paths.at("/~1jobs/get/responses").fieldNames())
        .toIterable()
        .contains("401", "403", "429");
  }

  @Test
  void anUploadWithoutAKeyIsRefusedAndWithOneAccepted() {
    MultipartForm form = new MultipartForm().file("a.png", TestImages.encoded(64, 48, "png"));

    assertThat(client.post(form).statusCode()).isEqualTo(401);
    String id =
        client.accepted(client.post(form, "X-API-Key", CLIENT_KEY)).get(0).get("id").asText();

    assertThat(client.get("jobs/" + id).statusCode()).isEqualTo(401);
    assertThat(client.get("jobs/" + id, "X-API-Key", CLIENT_KEY).statusCode()).isEqualTo(200);
  }

  @Test
  void aJobIsVisibleOnlyToItsOwnerAndAdministrators() {
    MultipartForm form = new MultipartForm().file("a.png", TestImages.encoded(64, 48, "png"));
    String id =
        client.accepted(client.post(form, "X-API-Key", CLIENT_KEY)).get(0).get("id").asText();
    for (String path : List.of("jobs/" + id, "jobs/" + id + "/events")) {
      assertThat(client.get(path, "X-API-Key", OTHER_KEY).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(delete(id, OTHER_KEY)).isEqualTo(404);

    assertThat(client.get("jobs/" + id, "X-API-Key", CLIENT_KEY).statusCode()).isEqualTo(200);
    assertThat(client.get("jobs/" + id, "X-API-Key", Deployment.ADMIN_KEY).statusCode())
        .isEqualTo(200);
    assertThat(delete(id, CLIENT_KEY)).isEqualTo(204);
  }

  private static int delete(String id, String key) {
    return client.send(client.request("jobs/" + id).header("X-API-Key", key).DELETE()).statusCode();
  }

  @Test
  void aDirectUploadCountsAgainstTheQuotaWhenItBegins() {
    String body = "{\"contentType\":\"image/png\",\"size\":10}";
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(
          client
              .send(
                  client
                      .request("uploads")
                      .header("X-API-Key", DIRECT_KEY)
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(body)))
              .statusCode());
    }
    assertThat(answers).containsExactly(201, 201, 429);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin/queue", "admin/dead-letters", "jobs"})
  void aClientsKeyDoesNotAllowOperations(String path) {
    HttpResponse<String> answer = client.get(path, "X-API-Key", CLIENT_KEY);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("forbidden");
    assertThat(client.get(path, "X-API-Key", Deployment.ADMIN_KEY).statusCode()).isEqualTo(200);
  }

  @Test
  void serversCountTheRequestsOfAKeyTogether() {
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(client.get(UNKNOWN_JOB, "X-API-Key", SLOW_KEY));
      answers.add(otherServer.get(UNKNOWN_JOB, "X-API-Key", SLOW_KEY));
    }

    assertThat(answers)
        .extracting(HttpResponse::statusCode)
        .containsExactly(404, 404, 404, 404, 404, 404, 429, 429);
    HttpResponse<String> first = answers.get(0);
    assertThat(first.headers().firstValue("RateLimit-Policy")).contains("\"rate\";q=6;w=86400");
    assertThat(first.headers().firstValue("RateLimit").orElseThrow())
        .matches("\"rate\";r=5;t=\\d+");
    HttpResponse<String> refused = answers.get(7);
    assertThat(client.body(refused).get("code").asText()).isEqualTo("rate-limited");
    assertThat(refused.headers().firstValue("Retry-After").map(Long::parseLong).orElseThrow())
        .isBetween(1L, 86_400L / 6 + 1);
    assertThat(client.get(UNKNOWN_JOB, "X-API-Key", CLIENT_KEY).statusCode())
        .as("another key is not concerned")
        .isEqualTo(404);
  }

  @Test
  void aQuotaCountsTheAcceptedFilesOfABatchOneByOne() {
    byte[] image = TestImages.encoded(64, 48, "png");
    MultipartForm batch =
        new MultipartForm()
            .file("a.png", image)
            .file("no.txt", "no image".getBytes(StandardCharsets.UTF_8))
            .file("b.png", image)
            .file("c.png", image);

    JsonNode entries = client.accepted(client.post(batch, "X-API-Key", SMALL_KEY));
    assertThat(entries.get(0).has("id")).isTrue();
    assertThat(entries.get(1).at("/problem/code").asText()).isEqualTo("unsupported-type");
    assertThat(entries.get(2).has("id")).isTrue();
    assertThat(entries.get(3).at("/problem/code").asText()).isEqualTo("rate-limited");

    HttpResponse<String> refused =
        otherServer.post(new MultipartForm().file("d.png", image), "X-API-Key", SMALL_KEY);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
  }
}

package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.images.TestImages;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.microshed.testing.ManuallyStartedConfiguration;
import org.microshed.testing.jupiter.MicroShedTest;

/** Operators can use the admin API, and nobody else can. */
@MicroShedTest
class AdminIT {
  private static ThumbnailerClient client;

  @BeforeAll
  static void connect() {
    client = new ThumbnailerClient(URI.create(ManuallyStartedConfiguration.getRuntimeURL()));
  }

  @Test
  void theQueueIsShownLaneByLane() {
    JsonNode queue = ok(call("GET", "admin/queue"));

    assertThat(queue.get("backlog").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("high", "normal", "low");
    for (String field : List.of("inFlight", "delayed", "deadLetters", "oldestAgeSeconds")) {
      assertThat(queue.get(field).asDouble()).as(field).isNotNegative();
    }
    assertThat(queue.at("/workers/count").asInt()).isEqualTo(1);
    assertThat(queue.at("/workers/capacity").asInt()).isPositive();
    assertThat(queue.at("/webhooks/deadLetters").asInt()).isZero();
  }

  @Test
  void aDeadLetterShowsItsCauseAndCanBeReplayed() {
    String id = uploadBroken();

    JsonNode dead = deadLetter(id);
    assertThat(dead.get("filename").asText()).isEqualTo("broken.png");
    assertThat(dead.get("code").asText()).isEqualTo("unreadable-image");
    assertThat(dead.get("detail").asText()).isNotBlank();
    assertThat(call("POST", "admin/dead-letters/" + id + "/replay").statusCode()).isEqualTo(204);
    client.awaitEnd(id);
    assertThat(deadLetter(id)).as("it is broken still").isNotNull();
  }

  @Test
  void allDeadLettersCanBeReplayedAtOnce() {
    String one = uploadBroken();
    String two = uploadBroken();

    assertThat(ok(call("POST", "admin/dead-letters/replay")).get("replayed").asInt())
        .isGreaterThanOrEqualTo(2);

    for (String id : List.of(one, two)) {
      client.awaitEnd(id);
    }
  }

  @Test
  void deadLettersAreCountedAndDeletedByCode() {
    String one = uploadBroken();
    String two = uploadBroken();

    JsonNode code = code("unreadable-image");
    assertThat(code.get("count").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(code.get("replayable").asBoolean()).as("the file is at fault").isFalse();
    assertThat(deadLetter(one).get("replayable").asBoolean()).isFalse();
    assertThat(ok(call("GET", "admin/dead-letters?code=none-such")).get("deadLetters")).isEmpty();
    assertThat(call("DELETE", "admin/dead-letters").statusCode()).isEqualTo(400);
    assertThat(ok(call("DELETE", "admin/dead-letters?code=none-such")).get("deleted").asInt())
        .isZero();

    assertThat(
            ok(call("DELETE", "admin/dead-letters?code=unreadable-image")).get("deleted").asInt())
        .isEqualTo(code.get("count").asInt());

    for (String id : List.of(one, two)) {
      assertThat(client.get("jobs/" + id).statusCode()).isEqualTo(404);
    }
  }

  private static JsonNode code(String wanted) {
    for (JsonNode code : ok(call("GET", "admin/dead-letters/codes")).get("codes")) {
      if (code.get("code").asText().equals(wanted)) {
        return code;
      }
    }
    throw new AssertionError("no dead letters of " + wanted);
  }

  @Test
  void theWorkersAndTheLastHourAreShown() {
    JsonNode worker = ok(call("GET", "admin/workers")).at("/workers/0");
    assertThat(worker.get("name").asText()).isNotBlank();
    assertThat(worker.get("version").asText()).matches("\\d+\\.\\d+.*");
    assertThat(worker.get("capacity").asInt()).isPositive();
    assertThat(Instant.parse(worker.get("since").asText())).isBefore(Instant.now());

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> ok(call("GET", "admin/queue/history")).at("/samples").size() > 1);
    JsonNode history = ok(call("GET", "admin/queue/history"));
    assertThat(history.get("intervalSeconds").asInt()).isEqualTo(5);
    JsonNode last = history.get("samples").get(history.get("samples").size() - 1);
    assertThat(last.get("capacity").asInt()).isPositive();
    assertThat(
            ok(call("GET", "admin/queue/history?after=" + last.get("at").asText()))
                .get("samples")
                .size())
        .isLessThan(history.get("samples").size());
    assertThat(call("GET", "admin/queue/history?after=yesterday").statusCode()).isEqualTo(400);
  }

  @Test
  void aJobIsFoundByItsIdAndItsName() {
    String id = client.upload("Holiday in Rome.png", TestImages.encoded(64, 48, "png"));
    client.awaitDone(id);
    for (String text : List.of(id, id.substring(0, 23), "holiday%20IN", "Rome.png")) {
      assertThat(ok(call("GET", "jobs?limit=500&q=" + text)).at("/jobs/0/id").asText())
          .as(text)
          .isEqualTo(id);
    }
    assertThat(ok(call("GET", "jobs?q=no-such-name-anywhere")).get("jobs")).isEmpty();
    assertThat(ok(call("GET", "jobs?status=FAILED&q=" + id)).get("jobs")).isEmpty();
  }

  @Test
  void aDeletedDeadLetterLeavesNothingBehind() {
    String id = uploadBroken();
    assertThat(SharedDeployment.get().deployment().objects().head("uploads/" + id))
        .as("kept for a replay")
        .isPresent();

    assertThat(call("DELETE", "admin/dead-letters/" + id).statusCode()).isEqualTo(204);

    assertThat(SharedDeployment.get().deployment().objects().head("uploads/" + id)).isEmpty();
    assertThat(client.get("jobs/" + id).statusCode()).isEqualTo(404);
    assertThat(call("DELETE", "admin/dead-letters/" + id).statusCode()).isEqualTo(404);
    assertThat(call("POST", "admin/dead-letters/" + id + "/replay").statusCode()).isEqualTo(404);
  }

  @Test
  void aJobThatHasNotFailedIsNotADeadLetter() {
    String id = client.upload("good.png", TestImages.encoded(64, 48, "png"));
    client.awaitDone(id);

    assertThat(call("DELETE", "admin/dead-letters/" + id).statusCode()).isEqualTo(404);

    client.awaitDone(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor=x", "cursor=1%3b2", "limit=0", "limit=1e9", "cursor=-5-a"})
  void anInvalidPageIsRefused(String query) {
    HttpResponse<String> answer = call("GET", "admin/dead-letters?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("bad-request");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, admin/queue",
    "GET, admin/dead-letters",
    "POST, admin/dead-letters/replay",
    "POST, admin/dead-letters/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/replay",
    "DELETE, admin/dead-letters/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b"
  })
  void withoutTheAdminKeyNothingIsRevealed(String method, String path) {
    for (String key : List.of("", "wrong", Deployment.ADMIN_KEY + "x", "é\u00ff")) {
      HttpRequest.Builder request =
          client.request(path).method(method, HttpRequest.BodyPublishers.noBody());
      if (!key.isEmpty()) {
        request.header("X-API-Key", key);
      }
      HttpResponse<String> answer = client.send(request);
      assertThat(answer.statusCode()).as(key).isEqualTo(401);
      assertThat(client.body(answer).get("code").asText()).isEqualTo("unauthorized");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }
  }

  @Test
  void theKeyIsAlsoAcceptedAsABearerToken() {
    assertThat(
            client
                .get("admin/queue", "Authorization", "Bearer " + Deployment.ADMIN_KEY)
                .statusCode())
        .isEqualTo(200);
  }

  private static String uploadBroken() {
    byte[] broken = TestImages.encoded(800, 600, "png");
    Arrays.fill(broken, 50, broken.length - 12, (byte) 0xFF);
    String id = client.upload("broken.png", broken);
    assertThat(client.awaitEnd(id).get("status").asText()).isEqualTo("FAILED");
    return id;
  }

  private static JsonNode deadLetter(String id) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode page = ok(call("GET", "admin/dead-letters?limit=3" + cursor));
      for (JsonNode dead : page.get("deadLetters")) {
        seen.add(dead.get("id").asText());
        if (dead.get("id").asText().equals(id)) {
          return dead;
        }
      }
      assertThat(page.has("nextCursor")).as("%s is not among %s", id, seen).isTrue();
      cursor = "&cursor=" + page.get("nextCursor").asText();
    }
  }

  private static HttpResponse<String> call(String method, String path) {
    return client.send(
        client
            .request(path)
            .header("X-API-Key", Deployment.ADMIN_KEY)
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return client.body(answer);
  }
}

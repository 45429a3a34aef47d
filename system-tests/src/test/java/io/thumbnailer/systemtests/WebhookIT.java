package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhook calls: their content, their signature, and what prevents them. */
class WebhookIT {
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int ATTEMPTS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir static Path directory;
  private static Deployment deployment;
  private static Map<String, String> settings;
  private static ThumbnailerClient client;
  private static LibertyServer worker;
  private static HttpServer receiver;
  private static final List<Call> calls = new CopyOnWriteArrayList<>();

  private record Call(String path, String id, String timestamp, String signature, String body) {
    JsonNode event() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(body, e);
      }
    }

    boolean isOf(String jobId) {
      return event().at("/data/id").asText().equals(jobId);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(Executors.newCachedThreadPool());
    receiver.createContext("/", WebhookIT::receive);
    receiver.start();
    deployment = Deployment.start(directory);
    settings = new HashMap<>();
    settings.put("THUMBNAILER_WEBHOOKS_ALLOWED", "http://" + host());
    settings.put("THUMBNAILER_WEBHOOKS_ALLOW_PRIVATE_ADDRESSES", "true");
    settings.put(
        "THUMBNAILER_WEBHOOKS_SECRET", "whsec_" + Base64.getEncoder().encodeToString(SECRET));
    settings.put("THUMBNAILER_WEBHOOKS_MAX_ATTEMPTS", Integer.toString(ATTEMPTS));
    settings.put("THUMBNAILER_WEBHOOKS_RETRY_BASE", "PT0.2S");
    settings.put("THUMBNAILER_WEBHOOKS_RETRY_CAP", "PT0.5S");
    LibertyServer ingest = deployment.launchServer(ServerRole.INGEST, settings);
    worker = deployment.launchServer(ServerRole.WORKER, settings);
    ingest.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
    client = new ThumbnailerClient(ingest.uri());
  }

  @AfterAll
  static void stop() {
    receiver.stop(0);
    deployment.close();
  }

  @Test
  void aDoneJobCausesOneSignedCall() throws Exception {
    String id = upload("good", TestImages.encoded(300, 200, "jpeg"));
    Call call = awaitCall(id);
    assertThat(call.event().get("type").asText()).isEqualTo("job.done");
    assertThat(call.event().at("/data/status").asText()).isEqualTo("DONE");
    assertThat(call.event().at("/data/renditions/small/url").asText())
        .isEqualTo("/thumbnails/" + id + "/small");
    assertThat(call.body()).as("personal data").doesNotContain("holiday");
    assertThat(call.signature()).isEqualTo(signature(call));
    assertThat(Instant.ofEpochSecond(Long.parseLong(call.timestamp())))
        .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));
    assertNotToldAgain(id, 1);
  }

  @Test
  void aFailedCallIsRepeatedWithTheSameId() throws Exception {
    String id = upload("fail-twice", TestImages.encoded(300, 200, "jpeg"));
    await().atMost(LIMIT).until(() -> callsOf(id).size() == 3);
    assertThat(callsOf(id)).extracting(Call::id).containsOnly(callsOf(id).get(0).id());
    assertNotToldAgain(id, 3);
  }

  @Test
  void aFailedJobIsReportedWithTheReason() {
    byte[] broken = TestImages.encoded(300, 200, "png");
    java.util.Arrays.fill(broken, 45, broken.length - 12, (byte) 0xFF);
    String id = upload("good", broken);
    JsonNode job = client.awaitEnd(id);
    Call call = awaitCall(id);
    assertThat(call.event().at("/data/status").asText()).isEqualTo(job.get("status").asText());
    assertThat(call.event().get("type").asText()).isEqualTo("job.failed");
    assertThat(call.event().at("/data/error/code").asText()).isEqualTo("unreadable-image");
  }

  @Test
  void aCallThatIsGivenUpCanBeSeenReplayedAndDeleted() throws Exception {
    String id = upload("gone", TestImages.encoded(300, 200, "jpeg"));
    JsonNode dead = await().atMost(LIMIT).until(() -> deadCall(id), call -> call != null);
    assertThat(dead.get("attempts").asInt()).isEqualTo(ATTEMPTS);
    assertThat(dead.get("host").asText()).isEqualTo("127.0.0.1");
    assertThat(dead.toString()).as("the address may hold a secret").doesNotContain("/gone");
    assertThat(callsOf(id)).hasSize(ATTEMPTS);

    String path = "admin/webhooks/dead-letters/" + dead.get("id").asText();
    assertThat(admin("POST", path + "/replay").statusCode()).isEqualTo(204);
    await().atMost(LIMIT).until(() -> callsOf(id).size() == 2 * ATTEMPTS);
    await().atMost(LIMIT).until(() -> deadCall(id) != null);
    assertThat(admin("DELETE", path).statusCode()).isEqualTo(204);
    assertThat(deadCall(id)).isNull();
    assertThat(admin("DELETE", path).statusCode()).isEqualTo(404);
    assertThat(client.get("admin/webhooks/dead-letters").statusCode()).isEqualTo(401);
  }

  private static JsonNode deadCall(String jobId) {
    HttpResponse<String> answer = admin("GET", "admin/webhooks/dead-letters");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    for (JsonNode dead : client.body(answer).get("deadLetters")) {
      if (dead.get("job").asText().equals(jobId)) {
        return dead;
      }
    }
    return null;
  }

  private static HttpResponse<String> admin(String method, String path) {
    return client.send(
        client
            .request(path)
            .header("X-API-Key", Deployment.ADMIN_KEY)
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    String id = upload("redirect", TestImages.encoded(300, 200, "jpeg"));
    await().atMost(LIMIT).until(() -> callsOf(id).size() >= 2);
    assertThat(callsOf(id)).extracting(Call::path).containsOnly("/redirect");
  }

  @Test
  void anOriginThatIsNotAllowedIsRefusedAtUpload() {
    for (String address : List.of("https://evil.example.net/", "http://127.0.0.2/", "file:///x")) {
      HttpResponse<String> answer =
          client.post(
              new MultipartForm()
                  .field("webhook", address)
                  .file("a.jpg", TestImages.encoded(30, 20, "jpeg")));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(client.body(answer).get("code").asText()).isEqualTo("bad-request");
    }
  }

  /**
   * The acknowledgement and the notice are written in one step; the notice waits for any worker.
   */
  @Test
  void aCallIsMadeEvenIfTheWorkersDieBeforeIt() {
    worker.kill();
    String id = upload("good", TestImages.encoded(3000, 2000, "jpeg"));
    worker.restart();
    await().atMost(LIMIT).until(() -> isDone(id));
    worker.kill(); // usually before the relay's next run; the call must be made in any case
    worker.restart();
    worker.awaitReady(Deployment.START_LIMIT);
    assertThat(awaitCall(id).event().at("/data/status").asText()).isEqualTo("DONE");
  }

  private static boolean isDone(String id) {
    return client.job(id).get("status").asText().equals("DONE");
  }

  private static String upload(String path, byte[] content) {
    return client
        .accepted(
            client.post(
                new MultipartForm()
                    .field("webhook", "http://" + host() + "/" + path)
                    .field("renditions", "small")
                    .file("holiday.jpg", content)))
        .get(0)
        .get("id")
        .asText();
  }

  private static Call awaitCall(String jobId) {
    await().atMost(LIMIT).until(() -> !callsOf(jobId).isEmpty());
    return callsOf(jobId).get(0);
  }

  private static List<Call> callsOf(String jobId) {
    return calls.stream().filter(call -> call.isOf(jobId)).toList();
  }

  /** Longer than the relay's interval and the longest back-off together. */
  private static void assertNotToldAgain(String jobId, int times) {
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .until(() -> callsOf(jobId).size() == times);
  }

  private static String signature(Call call) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    String signed = call.id() + "." + call.timestamp() + "." + call.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call =
          new Call(
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("webhook-id"),
              exchange.getRequestHeaders().getFirst("webhook-timestamp"),
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      calls.add(call);
      String jobId = call.event().at("/data/id").asText();
      if (call.path().equals("/redirect")) {
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(307, -1);
      } else if (call.path().equals("/gone")) {
        exchange.sendResponseHeaders(410, -1);
      } else if (call.path().equals("/fail-twice") && callsOf(jobId).size() < 3) {
        exchange.sendResponseHeaders(500, -1);
      } else {
        exchange.sendResponseHeaders(204, -1);
      }
    }
  }

  private static String host() {
    return "127.0.0.1:" + receiver.getAddress().getPort();
  }
}

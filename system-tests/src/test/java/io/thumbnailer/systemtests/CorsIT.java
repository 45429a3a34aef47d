package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only pages of allowed origins may call the API. */
class CorsIT {
  @TempDir static Path directory;
  private static final String KEY = "client-key-of-the-system-tests";
  private static final String APP = "https://app.example.com";
  private static final String UNKNOWN_JOB = "jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b";

  private static Deployment deployment;
  private static ThumbnailerClient client;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(directory);
    client =
        new ThumbnailerClient(
            deployment
                .startServer(
                    ServerRole.INGEST,
                    Map.of(
                        "THUMBNAILER_ACCESS",
                        "api-keys",
                        "THUMBNAILER_ACCESS_KEYS_SHOP",
                        Deployment.keySetting(KEY, "client,rate=1000/s"),
                        "THUMBNAILER_CORS_ORIGINS",
                        APP + ",http://localhost:3000"))
                .uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload", "uploads", UNKNOWN_JOB, "admin/queue", "not/there"})
  void anAllowedOriginsPreflightNeedsNoKey(String path) {
    HttpResponse<String> answer = preflight(client, path, APP);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(header(answer, "Access-Control-Allow-Methods")).contains("GET", "POST", "DELETE");
    assertThat(header(answer, "Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "Idempotency-Key", "X-API-Key");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(header(answer, "Vary")).isEqualTo("Origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://evil.example",
        "http://app.example.com",
        "https://app.example.com.evil.example",
        "https://evil-app.example.com",
        "https://app.example.com:8443",
        "https://app.example.com/",
        "https://APP.example.com",
        "http://localhost",
        "*"
      })
  void aPageFromAnyOtherOriginIsRefused(String origin) {
    HttpResponse<String> answer = preflight(client, "upload", origin);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("forbidden");
    assertNoLeave(answer);
    assertThat(header(answer, "Vary")).isEqualTo("Origin");

    HttpResponse<String> simple = client.get(UNKNOWN_JOB, "Origin", origin, "X-API-Key", KEY);
    assertThat(simple.statusCode()).isEqualTo(404);
    assertNoLeave(simple);
    assertThat(header(simple, "Vary")).isEqualTo("Origin");
  }

  @Test
  void anAllowedOriginsPageCanReadResponsesErrorsAndEventStreams() throws Exception {
    MultipartForm form = new MultipartForm().file("a.png", TestImages.encoded(64, 48, "png"));
    HttpResponse<String> accepted = client.post(form, "X-API-Key", KEY, "Origin", APP);
    String id = client.accepted(accepted).get(0).get("id").asText();
    assertReadable(accepted);
    assertReadable(client.get("jobs/" + id, "X-API-Key", KEY, "Origin", APP));
    assertReadable(client.get(UNKNOWN_JOB, "X-API-Key", KEY, "Origin", APP));
    assertReadable(client.get(UNKNOWN_JOB, "Origin", APP));
    assertReadable(client.get("admin/queue", "X-API-Key", KEY, "Origin", APP));
    HttpResponse<InputStream> events =
        HttpClient.newHttpClient()
            .send(
                client
                    .request("jobs/" + id + "/events")
                    .headers("X-API-Key", KEY, "Origin", APP)
                    .build(),
                BodyHandlers.ofInputStream());
    assertThat(events.statusCode()).isEqualTo(200);
    assertReadable(events);
    events.body().close();
  }

  @Test
  void aPreflightDoesNotAuthorizeTheRequestItself() {
    assertThat(client.get(UNKNOWN_JOB, "Origin", APP).statusCode()).isEqualTo(401);
    assertThat(
            client
                .send(
                    client
                        .request(UNKNOWN_JOB)
                        .headers("Origin", APP, "Access-Control-Request-Method", "GET")
                        .GET())
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void withoutConfigurationNoOriginIsAllowed() {
    ThumbnailerClient other = new ThumbnailerClient(SharedDeployment.get().ingest().uri());
    assertNoLeave(other.get("", "Origin", APP));
    assertNoLeave(other.get(UNKNOWN_JOB, "Origin", APP));
    assertNoLeave(preflight(other, "upload", APP));
  }

  private static HttpResponse<String> preflight(ThumbnailerClient to, String path, String origin) {
    return to.send(
        to.request(path)
            .method("OPTIONS", BodyPublishers.noBody())
            .headers(
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "x-api-key"));
  }

  private static void assertReadable(HttpResponse<?> answer) {
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(header(answer, "Access-Control-Expose-Headers"))
        .contains("Location", "Retry-After", "RateLimit", "RateLimit-Policy", "ETag");
    assertThat(header(answer, "Vary")).isEqualTo("Origin");
  }

  private static void assertNoLeave(HttpResponse<String> answer) {
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}

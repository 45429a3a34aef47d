package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.imaging.TestPictures;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what where access is by keys, as it is unless it is opened. */
class AccessIT {
  @TempDir static Path folder;
  private static final String CLIENT_KEY = "client-key-of-the-system-tests";

  private static Deployment deployment;
  private static ThumbnailerClient client;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(folder);
    LibertyServer ingest = deployment.startServer(ServerRole.INGEST, keys());
    client = new ThumbnailerClient(ingest.uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  private static Map<String, String> keys() {
    Map<String, String> settings = new HashMap<>();
    settings.put("THUMBNAILER_ACCESS", "api-keys");
    settings.put("THUMBNAILER_ACCESS_KEYS_SHOP", Deployment.keySetting(CLIENT_KEY, "client"));
    return settings;
  }

  @Test
  void whatEverybodyMaySeeNeedsNoKey() {
    for (String path : List.of("", "app.js", "health/ready", "openapi")) {
      assertThat(client.get(path).statusCode()).as(path).isEqualTo(200);
    }
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
  void everythingElseNeedsOne(String path) {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("unauthorized");
    assertThat(client.get(path, "X-API-Key", "").statusCode()).isEqualTo(401);
    assertThat(client.get(path, "X-API-Key", CLIENT_KEY + " x").statusCode()).isEqualTo(401);
    assertThat(client.get(path, "Authorization", "Basic " + CLIENT_KEY).statusCode())
        .isEqualTo(401);
    assertThat(client.get(path, "X-API-Key", "x".repeat(5000)).statusCode()).isEqualTo(401);
  }

  @Test
  void anUploadWithoutAKeyIsRefusedAndWithOneAccepted() {
    MultipartForm form = new MultipartForm().file("a.png", TestPictures.encoded(64, 48, "png"));

    assertThat(client.post(form).statusCode()).isEqualTo(401);
    String id =
        client.accepted(client.post(form, "X-API-Key", CLIENT_KEY)).get(0).get("id").asText();

    assertThat(client.get("jobs/" + id).statusCode()).isEqualTo(401);
    assertThat(client.get("jobs/" + id, "X-API-Key", CLIENT_KEY).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin/queue", "admin/dead-letters", "jobs"})
  void aClientsKeyIsNotEnoughForOperations(String path) {
    HttpResponse<String> answer = client.get(path, "X-API-Key", CLIENT_KEY);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("forbidden");
    assertThat(client.get(path, "X-API-Key", Deployment.ADMIN_KEY).statusCode()).isEqualTo(200);
  }
}

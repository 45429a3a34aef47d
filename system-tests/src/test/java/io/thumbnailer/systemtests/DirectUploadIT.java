package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.images.TestImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.microshed.testing.ManuallyStartedConfiguration;
import org.microshed.testing.jupiter.MicroShedTest;

/** Files that go straight to storage. */
@MicroShedTest
class DirectUploadIT {
  private static ThumbnailerClient client;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void connect() {
    client = new ThumbnailerClient(URI.create(ManuallyStartedConfiguration.getRuntimeURL()));
  }

  @Test
  void aFileSentToStorageBecomesAJobWithItsOptions() throws Exception {
    byte[] image = TestImages.encoded(400, 300, "jpeg");
    JsonNode leave =
        begin(
            """
            {"filename":"été 写真.jpg","contentType":"image/jpeg","size":%d,
             "renditions":"small","priority":"high"}"""
                .formatted(image.length));
    String id = leave.get("id").asText();
    assertThat(client.get("jobs/" + id).statusCode()).as("no job yet").isEqualTo(404);

    assertThat(send(leave, image)).isEqualTo(200);
    HttpResponse<String> completed = complete(id);

    JsonNode accepted = client.accepted(completed).get(0);
    assertThat(completed.headers().firstValue("Location")).contains("/jobs/" + id);
    assertThat(accepted.get("filename").asText()).isEqualTo("été 写真.jpg");
    assertThat(accepted.get("width").asInt()).isEqualTo(400);
    JsonNode job = client.awaitDone(id);
    assertThat(job.get("renditions").fieldNames()).toIterable().containsExactly("small");
    assertThat(stored("incoming/" + id)).isFalse();
    assertThat(complete(id).statusCode()).as("completing it again").isEqualTo(202);
    assertThat(stored("uploads/" + id)).isFalse();
  }

  @Test
  void onlyTheSignedRequestIsAccepted() throws Exception {
    byte[] image = TestImages.encoded(400, 300, "png");
    JsonNode leave =
        begin("{\"contentType\":\"image/png\",\"size\":%d}".formatted(image.length - 1));
    assertThat(send(leave, image)).as("a byte more").isEqualTo(403);
    assertThat(complete(leave.get("id").asText()).statusCode()).isEqualTo(404);
  }

  @Test
  void aFileThatIsNoImageIsRefusedAndDeleted() throws Exception {
    byte[] text = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    JsonNode leave =
        begin(
            "{\"filename\":\"a.jpg\",\"contentType\":\"image/jpeg\",\"size\":%d}"
                .formatted(text.length));
    String id = leave.get("id").asText();
    assertThat(send(leave, text)).isEqualTo(200);

    HttpResponse<String> answer = complete(id);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("unsupported-type");
    assertThat(stored("incoming/" + id)).isFalse();
    assertThat(client.get("jobs/" + id).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | bad-request | {",
        "400 | bad-request | []",
        "400 | bad-request | {}",
        "400 | bad-request | {\"contentType\":\"image/png\"}",
        "400 | bad-request | {\"contentType\":\"image/png\",\"size\":0}",
        "400 | bad-request | {\"contentType\":\"image/png\",\"size\":1.5}",
        "400 | bad-request | {\"contentType\":\"image/png\",\"size\":\"10\"}",
        "400 | bad-request | {\"contentType\":\"image/png\",\"size\":1e400}",
        "400 | bad-request | {\"contentType\":\"image/png\\r\\nX: y\",\"size\":5}",
        "400 | bad-request | {\"contentType\":\"image/png\",\"size\":5,\"renditions\":\"huge\"}",
        "400 | bad-request | {\"contentType\":\"image/png\",\"size\":5,\"priority\":\"now\"}",
        "400 | bad-request | {\"contentType\":\"image/png\",\"size\":5,\"filename\":[1]}",
        "413 | too-large   | {\"contentType\":\"image/png\",\"size\":9000000000000000000}"
      })
  void aMalformedDescriptionIsRefused(int status, String code, String body) {
    HttpResponse<String> answer = post("uploads", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(client.body(answer).get("code").asText()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b"})
  void anUnknownUploadCannotBeCompleted(String id) {
    assertThat(complete(id).statusCode()).isEqualTo(404);
  }

  private static JsonNode begin(String body) {
    HttpResponse<String> answer = post("uploads", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return client.body(answer);
  }

  private static HttpResponse<String> complete(String id) {
    return client.send(client.request("uploads/" + id + "/complete").POST(BodyPublishers.noBody()));
  }

  private static HttpResponse<String> post(String path, String json) {
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private int send(JsonNode leave, byte[] content) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(leave.at("/upload/url").asText()))
            .PUT(BodyPublishers.ofByteArray(content));
    leave
        .at("/upload/headers")
        .properties()
        .iterator()
        .forEachRemaining(header -> request.header(header.getKey(), header.getValue().asText()));
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static boolean stored(String key) {
    return SharedDeployment.get().deployment().objects().head(key).isPresent();
  }
}

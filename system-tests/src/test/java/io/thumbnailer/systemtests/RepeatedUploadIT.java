package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are repeated, and uploads that find the queue full. There is no worker. */
class RepeatedUploadIT {
  private static final int MAX_BACKLOG = 4;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path directory;

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
                    Map.of("THUMBNAILER_QUEUE_MAX_BACKLOG", Integer.toString(MAX_BACKLOG)))
                .uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  @Test
  void aRepeatedKeyReturnsTheSameResponseAndAFullQueueRefuses() {
    HttpResponse<String> first = client.post(form(64), "Idempotency-Key", "one");
    HttpResponse<String> again = client.post(form(64), "Idempotency-Key", "one");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(client.body(again)).isEqualTo(client.body(first));
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(originals()).isEqualTo(1);

    HttpResponse<String> other = client.post(form(65), "Idempotency-Key", "one");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(client.body(other).get("code").asText()).isEqualTo("idempotency-conflict");
    HttpResponse<String> malformed = client.post(form(64), "Idempotency-Key", "x".repeat(256));
    assertThat(malformed.statusCode()).isEqualTo(400);

    // A refused upload had no effect, so its key is not in use.
    MultipartForm text = new MultipartForm().file("a.txt", new byte[] {1, 2, 3});
    assertThat(client.post(text, "Idempotency-Key", "two").statusCode()).isEqualTo(415);
    assertThat(client.post(form(64), "Idempotency-Key", "two").statusCode()).isEqualTo(202);

    HttpResponse<String> answer = client.post(form(64));
    while (answer.statusCode() == 202 && originals() < 100) {
      answer = client.post(form(64));
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("queue-full");
    assertThat(answer.headers().allValues("Retry-After")).containsExactly("300");
    assertThat(originals()).isGreaterThanOrEqualTo(MAX_BACKLOG).isLessThan(100);

    HttpResponse<String> direct =
        client.send(
            client
                .request("uploads")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"filename\":\"a.jpg\",\"contentType\":\"image/jpeg\",\"size\":1000}")));
    assertThat(direct.statusCode()).as(direct.body()).isEqualTo(503);
    assertThat(client.body(direct).get("code").asText()).isEqualTo("queue-full");
  }

  private static int originals() {
    return deployment.objects().list("uploads/", Optional.empty(), 200).objects().size();
  }

  private static MultipartForm form(int width) {
    return new MultipartForm().file("photo.jpg", TestImages.encoded(width, 64, "jpeg"));
  }
}

package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.storage.ObjectInfo;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.microshed.testing.ManuallyStartedConfiguration;
import org.microshed.testing.jupiter.MicroShedTest;

/** The responses to invalid uploads, of which nothing is kept. */
@MicroShedTest
class RefusedUploadIT {
  private static final int MORE_THAN_THE_LIMIT = (25 << 20) + 1;

  private static ThumbnailerClient client;

  @BeforeAll
  static void connect() {
    client = new ThumbnailerClient(URI.create(ManuallyStartedConfiguration.getRuntimeURL()));
  }

  @Test
  void aFormWithoutAFileIsNoFile() {
    assertRefused(client.post(new MultipartForm().field("priority", "high")), 400, "no-file");
  }

  @Test
  void aBodyThatIsNotAFormHasNoFile() {
    assertRefused(
        client.send(
            client
                .request("upload")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))),
        400,
        "no-file");
  }

  @Test
  void aTruncatedFormIsABadRequest() {
    MultipartForm form = new MultipartForm().file("cut.jpg", TestImages.encoded(200, 100, "jpeg"));
    byte[] half = Arrays.copyOf(form.bytes(), form.bytes().length / 2);
    assertRefused(
        client.send(
            client
                .request("upload")
                .header("Content-Type", form.contentType())
                .POST(BodyPublishers.ofByteArray(half))),
        400,
        "bad-request");
  }

  @Test
  void aFileOverTheLimitIsTooLarge() {
    assertRefused(upload("big.jpg", new byte[MORE_THAN_THE_LIMIT]), 413, "too-large");
  }

  @Test
  void moreFilesThanTheLimitAreTooLarge() {
    MultipartForm form = new MultipartForm();
    for (int i = 0; i < 21; i++) {
      form.file(i + ".txt", new byte[] {1});
    }
    assertRefused(client.post(form), 413, "too-large");
  }

  @Test
  void everyFileOfARefusedBatchHasItsProblem() {
    HttpResponse<String> answer =
        client.post(
            new MultipartForm()
                .file("scan.pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII))
                .file("broken.png", Arrays.copyOf(TestImages.encoded(64, 64, "png"), 20)));

    assertRefused(answer, 415, "unsupported-type");
    JsonNode files = client.body(answer).get("jobs");
    assertThat(files.size()).isEqualTo(2);
    assertThat(files.get(0).at("/problem/detail").asText())
        .startsWith("PDF is not supported on this server; accepted: JPEG, PNG");
    assertThat(files.get(1).at("/problem/code").asText()).isEqualTo("unreadable-image");
    assertThat(files.get(1).get("filename").asText()).isEqualTo("broken.png");
  }

  @Test
  void anEmptyFileIsUnsupported() {
    assertRefused(upload("empty.jpg", new byte[0]), 415, "unsupported-type");
  }

  @Test
  void aTextNamedJpgIsUnsupported() {
    assertRefused(
        upload("photo.jpg", "not a photo at all".getBytes(StandardCharsets.UTF_8)),
        415,
        "unsupported-type");
  }

  @Test
  void svgIsUnsupported() {
    assertRefused(
        upload(
            "x.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8)),
        415,
        "unsupported-type");
  }

  @Test
  void aBrokenHeaderIsUnreadable() {
    byte[] broken = Arrays.copyOf(TestImages.encoded(64, 64, "png"), 20);
    assertRefused(upload("broken.png", broken), 422, "unreadable-image");
  }

  @Test
  void aHeaderWithTooManyPixelsIsRefused() {
    assertRefused(upload("bomb.png", TestImages.pngHeader(60_000, 60_000)), 422, "too-many-pixels");
  }

  @Test
  void aValidHeaderWithTooFewPixelsFailsTheJobAndNotTheWorker() {
    byte[] png = TestImages.encoded(640, 480, "png");
    String id = client.upload("cut.png", Arrays.copyOf(png, 60));
    JsonNode job = client.awaitEnd(id);
    assertThat(job.get("status").asText()).isEqualTo("FAILED");
    assertThat(job.at("/error/code").asText()).isEqualTo("truncated-image");
    assertThat(job.get("attempts").asInt()).as("no retry for a permanent failure").isEqualTo(1);
    assertThat(client.get("thumbnails/" + id + "/small").statusCode()).isEqualTo(404);
    client.awaitDone(client.upload("good.png", png));
  }

  @Test
  void anUnknownRenditionOrPriorityIsABadRequest() {
    byte[] good = TestImages.encoded(64, 64, "png");
    assertRefused(
        client.post(new MultipartForm().field("renditions", "gigantic").file("a.png", good)),
        400,
        "bad-request");
    assertRefused(
        client.post(new MultipartForm().field("priority", "urgent").file("a.png", good)),
        400,
        "bad-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobs/unknown",
        "jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
        "thumbnails/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/small",
        "nothing/here"
      })
  void unknownPathsAndJobsAreNotFound(String path) {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertProblem(answer, "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "thumbnails/x/..%2f..%2fetc",
        "WEB-INF/beans.xml",
        "jobs/%00",
        "app.js%2f..%2fWEB-INF"
      })
  void nothingBesidesTheApiIsReachable(String path) {
    assertThat(client.get(path).statusCode()).isBetween(400, 404);
  }

  @Test
  void aWrongMethodIsAProblem() {
    HttpResponse<String> answer = client.get("upload");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertProblem(answer, "method-not-allowed");
  }

  private static HttpResponse<String> upload(String filename, byte[] content) {
    return client.post(new MultipartForm().file(filename, content));
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertProblem(answer, code);
    assertThat(originals()).as("originals kept").isEmpty();
  }

  private static void assertProblem(HttpResponse<String> answer, String code) {
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = client.body(answer);
    assertThat(problem.get("code").asText()).isEqualTo(code);
    assertThat(problem.get("status").asInt()).isEqualTo(answer.statusCode());
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).isNotBlank().doesNotContain("Exception");
  }

  /**
   * Refused files leave nothing; those of failed jobs are kept, and their jobs report the failure.
   */
  private static List<ObjectInfo> originals() {
    return SharedDeployment.get()
        .deployment()
        .objects()
        .list("uploads/", Optional.empty(), 1000)
        .objects()
        .stream()
        .filter(object -> client.get("jobs/" + object.key().substring(8)).statusCode() == 404)
        .toList();
  }
}

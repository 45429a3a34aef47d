package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.images.TestImages;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.microshed.testing.ManuallyStartedConfiguration;
import org.microshed.testing.jupiter.MicroShedTest;

/** Valid uploads become thumbnails. */
@MicroShedTest
class UploadIT {
  private static ThumbnailerClient client;

  @BeforeAll
  static void connect() {
    client = new ThumbnailerClient(URI.create(ManuallyStartedConfiguration.getRuntimeURL()));
  }

  @Test
  void anUploadBecomesAllThumbnailsAndTheOriginalIsDeleted() throws IOException {
    HttpResponse<String> answer =
        client.post(new MultipartForm().file("photo.jpg", TestImages.encoded(1600, 1200, "jpeg")));
    JsonNode accepted = client.accepted(answer).get(0);
    String id = accepted.get("id").asText();
    assertThat(answer.headers().firstValue("Location"))
        .as("right behind any proxy")
        .contains("/jobs/" + id);
    assertThat(accepted.get("status").asText()).isEqualTo("QUEUED");
    assertThat(accepted.get("filename").asText()).isEqualTo("photo.jpg");
    assertThat(accepted.get("width").asInt()).isEqualTo(1600);
    assertThat(accepted.get("height").asInt()).isEqualTo(1200);
    assertThat(accepted.get("format").asText()).isEqualTo("jpeg");

    JsonNode job = client.awaitDone(id);
    assertThat(job.get("attempts").asInt()).isEqualTo(1);
    assertThat(job.get("renditions").size()).isEqualTo(3);
    assertThumbnail(job, "small", 128, 96);
    assertThumbnail(job, "medium", 320, 240);
    assertThumbnail(job, "large", 720, 540);
    await("the original to go")
        .atMost(Duration.ofSeconds(30))
        .until(() -> stored("uploads/" + id).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"1,WIDE,RED", "3,WIDE,WHITE", "6,TALL,BLUE", "8,TALL,GREEN"})
  void thumbnailsAreUprightForEveryOrientation(int orientation, String shape, String corner)
      throws IOException, ReflectiveOperationException {
    byte[] photo = TestImages.jpegWithOrientation(400, 200, orientation);
    JsonNode job = client.awaitDone(client.upload("turned.jpg", photo));
    BufferedImage small = image(job, "small");
    assertThat(small.getWidth() > small.getHeight()).isEqualTo(shape.equals("WIDE"));
    Color expected = (Color) Color.class.getField(corner).get(null);
    assertColour(small.getRGB(small.getWidth() / 4, small.getHeight() / 4), expected);
  }

  @Test
  void coloursArePreserved() throws IOException {
    JsonNode job =
        client.awaitDone(client.upload("colours.png", TestImages.encoded(640, 480, "png")));
    BufferedImage large = image(job, "large");
    assertThat(large.getWidth()).as("never enlarged").isEqualTo(640);
    assertColour(large.getRGB(160, 120), Color.RED);
    assertColour(large.getRGB(480, 120), Color.GREEN);
    assertColour(large.getRGB(160, 360), Color.BLUE);
    assertColour(large.getRGB(480, 360), Color.WHITE);
  }

  @Test
  void aThumbnailCanBeCachedForEverAndRevalidated() {
    JsonNode job =
        client.awaitDone(client.upload("cache.jpg", TestImages.encoded(300, 200, "jpeg")));
    String url = job.at("/renditions/small/url").asText();
    HttpResponse<byte[]> first = client.getBytes(url);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"[^\"]+\"");
    assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(first.headers().firstValue("Vary")).as("the same for all").isEmpty();
    assertThat(first.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(first.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(client.get(url, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(client.get(url, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void everyFileOfABatchHasItsOwnResult() {
    JsonNode entries =
        client.accepted(
            client.post(
                new MultipartForm()
                    .file("a.jpg", TestImages.encoded(200, 100, "jpeg"))
                    .file("notes.txt", "just text".getBytes(StandardCharsets.UTF_8))
                    .file("b.png", TestImages.encoded(100, 200, "png"))));
    assertThat(entries.size()).isEqualTo(3);
    assertThat(entries.get(1).at("/problem/code").asText()).isEqualTo("unsupported-type");
    assertThat(entries.get(1).has("id")).isFalse();
    client.awaitDone(entries.get(0).get("id").asText());
    client.awaitDone(entries.get(2).get("id").asText());
  }

  @Test
  void uploadsWithTheSameNameAreIndependent() throws IOException {
    String wide = client.upload("same.jpg", TestImages.encoded(400, 200, "jpeg"));
    String tall = client.upload("same.jpg", TestImages.encoded(200, 400, "jpeg"));
    assertThat(wide).isNotEqualTo(tall);
    assertThat(image(client.awaitDone(wide), "small").getWidth()).isEqualTo(128);
    assertThat(image(client.awaitDone(tall), "small").getWidth()).isEqualTo(64);
  }

  @Test
  void onlyTheRequestedRenditionsAreMade() {
    MultipartForm form =
        new MultipartForm()
            .field("renditions", "medium")
            .field("priority", "high")
            .file("one.jpg", TestImages.encoded(400, 200, "jpeg"));
    String id = client.accepted(client.post(form)).get(0).get("id").asText();
    JsonNode job = client.awaitDone(id);
    assertThat(job.get("renditions").fieldNames()).toIterable().containsExactly("medium");
    assertThat(client.get("thumbnails/" + id + "/small").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..\\..\\boot.ini",
        "\"quoted\" and 'single'.jpg",
        "<img src=x onerror=alert(1)>.jpg",
        "😀 Émile 写真.jpg",
        "uploads/other",
        "%2e%2e%2f.jpg"
      })
  void aHostileFileNameIsOnlyALabel(String name) {
    JsonNode job = client.awaitDone(client.upload(name, TestImages.encoded(200, 100, "jpeg")));
    String label = job.get("filename").asText();
    assertThat(label).isIn(name, name.replace("\"", "%22"));
    String small = job.at("/renditions/small/url").asText();
    assertThat(small).isEqualTo("/thumbnails/" + job.get("id").asText() + "/small");
  }

  @Test
  void aNameOfThreeHundredCharactersIsShortened() {
    String id = client.upload("é".repeat(300) + ".jpg", TestImages.encoded(200, 100, "jpeg"));
    String label = client.awaitDone(id).get("filename").asText();
    assertThat(label.getBytes(StandardCharsets.UTF_8).length).isBetween(1, 255);
    assertThat(label).matches("é+");
  }

  private static void assertThumbnail(JsonNode job, String rendition, int width, int height)
      throws IOException {
    JsonNode described = job.at("/renditions/" + rendition);
    assertThat(described.get("width").asInt()).isEqualTo(width);
    assertThat(described.get("height").asInt()).isEqualTo(height);
    assertThat(described.get("contentType").asText()).isEqualTo("image/jpeg");
    HttpResponse<byte[]> answer = client.getBytes(described.get("url").asText());
    assertThat(answer.body()).hasSize(described.get("bytes").asInt());
    BufferedImage image = image(job, rendition);
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
  }

  private static BufferedImage image(JsonNode job, String rendition) throws IOException {
    String url = job.at("/renditions/" + rendition + "/url").asText();
    return ImageIO.read(new ByteArrayInputStream(client.getBytes(url).body()));
  }

  private static void assertColour(int actual, Color expected) {
    Color colour = new Color(actual);
    assertThat(
            Math.abs(colour.getRed() - expected.getRed())
                + Math.abs(colour.getGreen() - expected.getGreen())
                + Math.abs(colour.getBlue() - expected.getBlue()))
        .as("%s for %s", colour, expected)
        .isLessThan(24);
  }

  private static Optional<?> stored(String key) {
    return SharedDeployment.get().deployment().objects().head(key);
  }
}

package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.images.TestImages;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.microshed.testing.ManuallyStartedConfiguration;
import org.microshed.testing.jupiter.MicroShedTest;

/** Jobs are listed and deleted. */
@MicroShedTest
class JobsIT {
  private static ThumbnailerClient client;

  @BeforeAll
  static void connect() {
    client = new ThumbnailerClient(URI.create(ManuallyStartedConfiguration.getRuntimeURL()));
  }

  @Test
  void recentJobsAreListedNewestFirstPageByPage() {
    List<String> uploaded = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      uploaded.add(0, client.upload("list.png", TestImages.encoded(64, 48, "png")));
    }
    uploaded.forEach(client::awaitDone);

    List<String> listed = new ArrayList<>();
    String cursor = "";
    while (listed.size() < 5) {
      JsonNode page = ok(client.get("jobs?status=done&limit=2" + cursor));
      assertThat(page.get("jobs").size()).isBetween(1, 2);
      page.get("jobs").forEach(job -> listed.add(job.get("id").asText()));
      page.get("jobs").forEach(job -> assertThat(job.get("status").asText()).isEqualTo("DONE"));
      cursor = "&cursor=" + page.path("nextCursor").asText();
    }
    assertThat(listed).startsWith(uploaded.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=LOST",
        "status=",
        "limit=0",
        "limit=501",
        "limit=-1",
        "limit=ten",
        "cursor=x",
        "cursor=%00",
        "cursor=019a1b2c-3d4e-4f56-8a9b-0c1d2e3f4a5b"
      })
  void anInvalidListingIsRefused(String query) {
    HttpResponse<String> answer = client.get("jobs?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(client.body(answer).get("code").asText()).isEqualTo("bad-request");
  }

  @Test
  void aDeletedJobIsGoneWithEverythingThatWasStored() {
    String id = client.upload("secret.png", TestImages.encoded(300, 200, "png"));
    client.awaitDone(id);
    assertThat(client.getBytes("thumbnails/" + id + "/small").statusCode()).isEqualTo(200);

    assertThat(delete("jobs/" + id).statusCode()).isEqualTo(204);

    assertThat(client.get("jobs/" + id).statusCode()).isEqualTo(404);
    assertThat(client.get("jobs/" + id + "/events").statusCode()).isEqualTo(404);
    assertThat(client.get("thumbnails/" + id + "/small").statusCode()).isEqualTo(404);
    assertThat(stored("thumbnails/" + id + "/")).isZero();
    assertThat(stored("uploads/" + id)).isZero();
    assertThat(delete("jobs/" + id).statusCode()).as("deleting it again").isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "019a1b2c-3d4e-4f56-8a9b-0c1d2e3f4a5b"})
  void anUnknownJobCannotBeDeleted(String id) {
    assertThat(delete("jobs/" + id).statusCode()).isEqualTo(404);
    assertThat(delete("jobs/01a1b2c3-3d4e-7f56-8a9b-0c1d2e3f4a5b").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> delete(String path) {
    return client.send(client.request(path).DELETE());
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return client.body(answer);
  }

  private static int stored(String prefix) {
    return SharedDeployment.get()
        .deployment()
        .objects()
        .list(prefix, Optional.empty(), 10)
        .objects()
        .size();
  }
}

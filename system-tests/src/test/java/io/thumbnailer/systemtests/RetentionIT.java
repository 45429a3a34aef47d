package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects past their retention are deleted, and no younger ones. */
class RetentionIT {
  @TempDir static Path directory;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static Deployment deployment;
  private static ThumbnailerClient client;

  @BeforeAll
  static void start() {
    deployment = Deployment.start(directory);
    Map<String, String> settings =
        Map.of(
            "THUMBNAILER_THUMBNAILS_RETENTION", "P1D",
            "THUMBNAILER_RETENTION_INTERVAL", "PT1S",
            "THUMBNAILER_JOB_RETENTION", "PT1M");
    LibertyServer ingest = deployment.launchServer(ServerRole.INGEST, settings);
    LibertyServer worker = deployment.launchServer(ServerRole.WORKER, settings);
    ingest.awaitReady(Deployment.START_LIMIT);
    worker.awaitReady(Deployment.START_LIMIT);
    client = new ThumbnailerClient(ingest.uri());
  }

  @AfterAll
  static void stop() {
    deployment.close();
  }

  @Test
  void expiredThumbnailsAreDeletedAndYoungerOnesKept() throws IOException {
    String fresh = upload();
    String young = copy(fresh, Duration.ofHours(23));
    assertThat(client.job(young).get("status").asText()).isEqualTo("DONE");

    String old = copy(fresh, Duration.ofHours(25));
    awaitGone("thumbnails/" + old + "/");
    assertThat(client.get("jobs/" + old).statusCode()).isEqualTo(404);
    assertThat(client.get("thumbnails/" + old + "/small").statusCode()).isEqualTo(404);

    awaitGone("thumbnails/" + copy(fresh, Duration.ofDays(400)) + "/"); // another check
    for (String kept : List.of(fresh, young)) {
      assertThat(keys("thumbnails/" + kept + "/")).hasSize(3);
      assertThat(client.get("thumbnails/" + kept + "/small").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void abandonedDirectUploadsAreDeletedAndYoungerOnesKept() {
    String young = "incoming/" + idOfAge(Duration.ofMinutes(70));
    String old = "incoming/" + idOfAge(Duration.ofMinutes(80));
    for (String key : List.of(young, old)) {
      deployment.objects().put(key, new byte[10], "image/png", Map.of());
    }
    awaitGone(old);
    assertThat(keys(young)).hasSize(1);
  }

  @Test
  void foreignObjectsAreLeftAlone() throws IOException {
    String foreign = "thumbnails/readme.txt";
    deployment.objects().put(foreign, new byte[10], "text/plain", Map.of());
    awaitGone("thumbnails/" + copy(upload(), Duration.ofDays(2)) + "/");
    assertThat(keys(foreign)).hasSize(1);
    deployment.objects().delete(foreign);
  }

  @Test
  void expiredRecordsAreAnsweredFromStorage() {
    String first = upload();
    assertThat(listed()).contains(first);
    await("the record to go").atMost(LIMIT).until(() -> !listed().contains(first));
    JsonNode job = client.job(first);
    assertThat(job.get("status").asText()).isEqualTo("DONE");
    assertThat(job.get("renditions").size()).isEqualTo(3);
    String second = upload();
    assertThat(listed()).contains(second).doesNotContain(first);
  }

  private static String upload() {
    String id = client.upload("a.png", TestImages.encoded(400, 300, "png"));
    client.awaitDone(id);
    return id;
  }

  /** Puts the thumbnails of a job under the id of an older one, which Redis does not know. */
  private static String copy(String job, Duration age) throws IOException {
    String older = idOfAge(age);
    for (String key : keys("thumbnails/" + job + "/")) {
      try (StoredObject object = deployment.objects().open(key).orElseThrow()) {
        deployment
            .objects()
            .put(
                key.replace(job, older),
                object.content().readAllBytes(),
                object.info().contentType(),
                object.info().metadata());
      }
    }
    return older;
  }

  private static String idOfAge(Duration age) {
    long random = UUID.randomUUID().getLeastSignificantBits();
    return new UUID((Instant.now().minus(age).toEpochMilli() << 16) | 0x7000L, random).toString();
  }

  private static void awaitGone(String prefix) {
    await(prefix + " to go").atMost(LIMIT).until(() -> keys(prefix).isEmpty());
  }

  private static List<String> keys(String prefix) {
    return deployment.objects().list(prefix, Optional.empty(), 100).objects().stream()
        .map(ObjectInfo::key)
        .toList();
  }

  private static List<String> listed() {
    return client.body(client.get("jobs")).get("jobs").findValuesAsText("id");
  }
}

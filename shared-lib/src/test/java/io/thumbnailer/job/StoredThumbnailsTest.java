package io.thumbnailer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectPage;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoredThumbnailsTest {
  private static final Instant FIRST = Instant.parse("2026-11-24T10:00:00Z");
  private static final JobDescription JOB =
      new JobDescription(
          JobId.next(),
          "cat.png",
          1_000,
          ImageFormat.PNG,
          400,
          300,
          "aa",
          List.of(Rendition.parse("small", "100x100"), Rendition.parse("large", "300x300")),
          Priority.NORMAL);

  private final TreeMap<String, ObjectInfo> objects = new TreeMap<>();
  private boolean unreachable;
  private final StoredThumbnails thumbnails = new StoredThumbnails(store());

  @Test
  void aJobIsDoneWhenEveryRenditionIsStored() {
    put("large", FIRST.plusSeconds(1), Map.of());
    assertThat(thumbnails.allOf(JOB)).isEmpty();
    assertThat(thumbnails.find(JOB.id())).isEmpty();

    put("small", FIRST, Map.of());
    assertThat(thumbnails.allOf(JOB).orElseThrow())
        .as("in the order of the job's renditions")
        .extracting(StoredThumbnail::rendition)
        .containsExactly("small", "large");
  }

  @Test
  void theJobIsReadFromItsThumbnailsAlone() {
    put("small", FIRST, Map.of(ThumbnailMetadata.WARNINGS, "truncated"));
    put("large", FIRST.plusSeconds(7), Map.of());

    StoredThumbnails.DoneJob done = thumbnails.find(JOB.id()).orElseThrow();
    assertThat(done.description()).isEqualTo(JOB);
    assertThat(done.storedAt()).as("of the last one").isEqualTo(FIRST.plusSeconds(7));
    assertThat(done.thumbnails())
        .contains(
            new StoredThumbnail("small", OutputFormat.JPEG, 100, 75, 5, List.of("truncated")));
  }

  @Test
  void thumbnailsOfOtherJobsDoNotCount() {
    put("small", FIRST, Map.of());
    JobDescription other =
        new JobDescription(
            JobId.next(),
            "dog.png",
            1,
            ImageFormat.PNG,
            1,
            1,
            "bb",
            JOB.renditions(),
            Priority.NORMAL);
    objects.put(
        JobKeys.thumbnail(other.id(), "large", OutputFormat.JPEG),
        info(other, "large", FIRST, Map.of()));
    assertThat(thumbnails.allOf(JOB)).isEmpty();
  }

  @Test
  void objectsWithoutMetadataOfAJobAreIgnored() {
    String key = JobKeys.thumbnails(JOB.id()) + "README";
    objects.put(key, new ObjectInfo(key, 5, "e", "text/plain", FIRST, Map.of()));
    assertThat(thumbnails.find(JOB.id())).isEmpty();
  }

  @Test
  void aThumbnailWithMalformedMetadataIsRefused() {
    for (String name :
        List.of(
            ThumbnailMetadata.RENDITION,
            ThumbnailMetadata.FORMAT,
            ThumbnailMetadata.WIDTH,
            ThumbnailMetadata.HEIGHT)) {
      Map<String, String> metadata = new HashMap<>(info(JOB, "small", FIRST, Map.of()).metadata());
      metadata.remove(name);
      assertThatThrownBy(
              () ->
                  StoredThumbnails.describe(
                      new ObjectInfo("k", 5, "e", "image/jpeg", FIRST, metadata)))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void anOutageIsNotMistakenForAnUnfinishedJob() {
    put("small", FIRST, Map.of());
    put("large", FIRST, Map.of());
    unreachable = true;
    assertThatThrownBy(() -> thumbnails.allOf(JOB)).isInstanceOf(StorageException.class);
  }

  private void put(String rendition, Instant at, Map<String, String> more) {
    ObjectInfo info = info(JOB, rendition, at, more);
    objects.put(info.key(), info);
  }

  private static ObjectInfo info(
      JobDescription job, String rendition, Instant at, Map<String, String> more) {
    Map<String, String> metadata = new HashMap<>(job.toProperties());
    metadata.put(ThumbnailMetadata.RENDITION, rendition);
    metadata.put(ThumbnailMetadata.FORMAT, "JPEG");
    metadata.put(ThumbnailMetadata.WIDTH, "100");
    metadata.put(ThumbnailMetadata.HEIGHT, "75");
    metadata.putAll(more);
    return new ObjectInfo(
        JobKeys.thumbnail(job.id(), rendition, OutputFormat.JPEG),
        5,
        "e",
        "image/jpeg",
        at,
        metadata);
  }

  /** Storage that supports only listing and descriptions. */
  private ObjectStore store() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (unreachable) {
                throw new StorageException("unreachable", null);
              }
              return switch (method.getName()) {
                case "list" ->
                    new ObjectPage(
                        objects.values().stream()
                            .filter(info -> info.key().startsWith((String) arguments[0]))
                            .toList(),
                        false);
                case "head" -> Optional.ofNullable(objects.get((String) arguments[0]));
                default -> throw new UnsupportedOperationException(method.getName());
              };
            });
  }
}

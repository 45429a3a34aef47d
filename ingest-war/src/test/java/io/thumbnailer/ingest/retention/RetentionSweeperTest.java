package io.thumbnailer.ingest.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.ingest.fakes.FakeQueue;
import io.thumbnailer.ingest.fakes.InMemoryObjectStore;
import io.thumbnailer.ingest.upload.receive.IngestSettings;
import io.thumbnailer.ingest.upload.receive.TestSettings;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionSweeperTest {
  private final InMemoryObjectStore objects = new InMemoryObjectStore();
  private final FakeQueue queue = new FakeQueue();
  private final Map<String, String> settings =
      new HashMap<>(Map.of("thumbnailer.renditions.small", "320x320"));
  private int last;

  @Test
  void thumbnailsPastTheirRetentionAreDeletedAndYoungerOnesKept() {
    settings.put("thumbnailer.thumbnails.retention", "P1D");
    put("thumbnails/" + id(Duration.ofHours(25)) + "/small.jpg");
    String young = put("thumbnails/" + id(Duration.ofHours(23)) + "/small.jpg");

    sweeper().sweep();

    assertThat(objects.keys()).containsExactly(young);
  }

  @Test
  void thumbnailsAreKeptForeverByDefault() {
    String old = put("thumbnails/" + id(Duration.ofDays(3_000)) + "/small.jpg");

    sweeper().sweep();

    assertThat(objects.keys()).containsExactly(old);
  }

  @Test
  void directUploadsThatWereNeverCompletedAreDeletedAnHourAfterTheirUrlExpires() {
    settings.put("thumbnailer.direct-upload.validity", "PT15M");
    put("incoming/" + id(Duration.ofMinutes(76)));
    String late = put("incoming/" + id(Duration.ofMinutes(74)));
    String original = put("uploads/" + id(Duration.ofDays(9)));

    sweeper().sweep();

    assertThat(objects.keys()).containsExactlyInAnyOrder(late, original);
  }

  @Test
  void oldKeysBeyondTheFirstPageAreDeletedAndForeignKeysLeftAlone() {
    settings.put("thumbnailer.thumbnails.retention", "P1D");
    String foreign = put("thumbnails/README");
    for (int i = 0; i < 1_001; i++) {
      put("thumbnails/" + id(Duration.ofDays(2)) + "/small.jpg");
    }

    sweeper().sweep();

    assertThat(objects.keys()).containsExactly(foreign);
  }

  @Test
  void anOutageOnlyPostponesTheRun() {
    put("incoming/" + id(Duration.ofDays(1)));
    RetentionSweeper sweeper = sweeper();
    objects.setUnreachable(true);
    assertThatCode(sweeper::sweep).doesNotThrowAnyException();
    objects.setUnreachable(false);
    assertThat(objects.keys()).hasSize(1);

    sweeper.sweep();

    assertThat(objects.keys()).isEmpty();
  }

  private RetentionSweeper sweeper() {
    SettingsReader reader = TestSettings.of(settings);
    return new RetentionSweeper(
        objects, new JobDeletion(queue, null, objects), reader, IngestSettings.from(reader));
  }

  private String put(String key) {
    objects.put(key, new byte[1], "image/jpeg", Map.of());
    return key;
  }

  private JobId id(Duration age) {
    byte[] distinct = ByteBuffer.allocate(10).putInt(6, last++).array();
    return JobId.derived(Instant.now().minus(age), distinct);
  }
}

package io.thumbnailer.ingest.upload.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.imaging.ImageProbe;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.ingest.fakes.FakeQueue;
import io.thumbnailer.ingest.fakes.InMemoryObjectStore;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.upload.RequestedRenditions;
import io.thumbnailer.ingest.upload.UploadAdmission;
import io.thumbnailer.ingest.upload.UploadQuota;
import io.thumbnailer.ingest.upload.receive.IngestSettings;
import io.thumbnailer.ingest.upload.receive.TestSettings;
import io.thumbnailer.ingest.upload.receive.UploadCapacity;
import io.thumbnailer.ingest.upload.receive.UploadSpool;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.JobStatus;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.JobSubmission;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.Message;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.resilience.PostponedTasks;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectUploadsTest {
  private static final int MAX_BYTES = 10_000;

  @TempDir private Path spool;

  private final InMemoryObjectStore objects = new InMemoryObjectStore();
  private final FakeQueue queue = new FakeQueue();
  private final PostponedTasks postponed =
      new PostponedTasks(10, Set.of(MessagingException.class), Duration.ofMillis(10));
  private UploadCapacity capacity;
  private DirectUploads uploads;
  private Optional<String> caller = Optional.of("shop");
  private int charged;

  @BeforeEach
  void create() {
    IngestSettings settings =
        IngestSettings.from(
            TestSettings.of(
                Map.of(
                    "thumbnailer.renditions.small", "100x100",
                    "thumbnailer.renditions.large", "800x800",
                    "thumbnailer.upload.directory", spool.toString(),
                    "thumbnailer.upload.max-bytes", Integer.toString(MAX_BYTES),
                    "thumbnailer.upload.max-concurrent", "1")));
    capacity = new UploadCapacity(settings.limits());
    JobStore jobs = new JobStore(queue, objects);
    uploads =
        new DirectUploads(
            settings,
            objects,
            new RequestedRenditions(settings.renditions().byName()),
            new UploadAdmission(
                settings,
                new ImageProbe(
                    settings.probing().timeout(),
                    new DecodeMemoryBudget(settings.probing().memory()),
                    settings.probing().formats())),
            quota(),
            new JobSubmission(objects, queue.producer(), postponed, Map::of),
            jobs,
            capacity,
            new UploadSpool(spool));
  }

  @AfterEach
  void close() {
    postponed.close();
    assertThat(spool).as("temporary files").isEmptyDirectory();
  }

  @Test
  void theUploadedFileBecomesAJobWithTheRequestedOptions() throws IOException {
    JobId id = begin("cat.png", "large", "high");
    objects.send(JobKeys.incoming(id), png());

    JobDescription job = uploads.complete(id).description();

    assertThat(job.filename()).isEqualTo("cat.png");
    assertThat(job.priority()).isEqualTo(Priority.HIGH);
    assertThat(job.owner()).contains("shop");
    assertThat(job.renditions()).extracting("name").containsExactly("large");
    assertThat(job.size()).isEqualTo(png().length);
    assertThat(objects.keys()).containsExactly(JobKeys.original(id));
    assertThat(queue.find(id.toString())).isPresent();
    assertThat(charged).isEqualTo(1);
  }

  @Test
  void completingTwiceGivesTheSameJob() throws IOException {
    JobId id = sent(png());
    ThumbnailJob first = uploads.complete(id);
    assertThat(uploads.complete(id)).isEqualTo(first);
    assertThat(charged).isEqualTo(1);
  }

  @Test
  void aFileThatIsNoImageIsRefusedAndDeleted() {
    JobId id = sent("no image".getBytes(StandardCharsets.UTF_8));
    assertProblem(ProblemCode.UNSUPPORTED_TYPE, () -> uploads.complete(id));
    assertThat(objects.keys()).isEmpty();
    assertThat(queue.find(id.toString())).isEmpty();
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeAndAfterItIsSent() throws IOException {
    DirectUploadRequest tooLarge =
        new DirectUploadRequest("cat.png", "image/png", MAX_BYTES + 1, null, null);
    assertProblem(ProblemCode.TOO_LARGE, () -> uploads.begin(tooLarge));
    assertThat(charged).isZero();

    JobId id = sent(new byte[MAX_BYTES + 1]);
    assertProblem(ProblemCode.TOO_LARGE, () -> uploads.complete(id));
    assertThat(objects.keys()).isEmpty();
  }

  @Test
  void wrongOptionsAreRefusedBeforeTheQuotaIsCharged() {
    assertProblem(ProblemCode.BAD_REQUEST, () -> begin("cat.png", "huge", null));
    assertProblem(ProblemCode.BAD_REQUEST, () -> begin("cat.png", null, "urgent"));
    assertThat(charged).isZero();
  }

  @Test
  void anUploadOfAnotherCallerIsNotFound() throws IOException {
    JobId id = sent(png());
    caller = Optional.of("museum");
    assertProblem(ProblemCode.NOT_FOUND, () -> uploads.complete(id));
    assertThat(objects.keys()).containsExactly(JobKeys.incoming(id));

    caller = Optional.of("shop");
    var unused = uploads.complete(id);
    caller = Optional.of("museum");
    assertProblem(ProblemCode.NOT_FOUND, () -> uploads.complete(id));
  }

  @Test
  void nothingCanBeCompletedBeforeItIsSent() {
    JobId id = begin("cat.png", null, null);
    assertProblem(ProblemCode.NOT_FOUND, () -> uploads.complete(id));
  }

  @Test
  void aDeletedJobIsNotCreatedAgain() throws IOException {
    JobId id = sent(png());
    queue.put(Message.of(id.toString(), ""), MessageState.REMOVED, Instant.now(), null);
    assertProblem(ProblemCode.NOT_FOUND, () -> uploads.complete(id));
    assertThat(objects.keys()).isEmpty();
  }

  @Test
  void theUploadedFileIsKeptWhileTheServerIsOverloaded() throws IOException {
    JobId id = sent(png());
    try (UploadCapacity.Share other = capacity.begin(Optional.of("other"), 1)) {
      other.take(1);
      assertThatThrownBy(() -> uploads.complete(id)).isInstanceOf(ProblemException.class);
      assertThat(objects.keys()).containsExactly(JobKeys.incoming(id));
    }
    assertThat(uploads.complete(id).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void withoutTheQueueTheJobIsAcceptedAndItsMessageSentLater() throws IOException {
    JobId id = sent(png());
    queue.setUnreachable(true);
    assertThat(uploads.complete(id).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(objects.keys()).containsExactly(JobKeys.original(id));

    queue.setUnreachable(false);
    await().atMost(Duration.ofMinutes(1)).until(() -> queue.find(id.toString()).isPresent());
  }

  private JobId sent(byte[] content) {
    JobId id = begin("cat.png", null, null);
    objects.send(JobKeys.incoming(id), content);
    return id;
  }

  private JobId begin(String filename, String renditions, String priority) {
    DirectUploadView view =
        uploads.begin(new DirectUploadRequest(filename, "image/png", 100, renditions, priority));
    return JobId.parse(view.id()).orElseThrow();
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  private UploadQuota quota() {
    return new UploadQuota() {
      @Override
      public void charge() {
        charged++;
      }

      @Override
      public String caller() {
        return caller.orElse("anyone");
      }

      @Override
      public Optional<String> owner() {
        return caller;
      }

      @Override
      public boolean mayUse(Optional<String> owner) {
        return owner.equals(caller);
      }
    };
  }

  private static void assertProblem(ProblemCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code.code()));
  }
}

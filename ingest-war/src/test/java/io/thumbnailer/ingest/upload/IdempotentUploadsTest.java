package io.thumbnailer.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.ingest.fakes.FakeQueue;
import io.thumbnailer.ingest.fakes.InMemoryIdempotencyKeys;
import io.thumbnailer.ingest.fakes.InMemoryObjectStore;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.upload.receive.TestForms;
import io.thumbnailer.ingest.upload.receive.UploadForm;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.Priority;
import io.thumbnailer.resilience.PostponedTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentUploadsTest {
  private static final String KEY = "order-17";
  private static final UploadForm FORM = TestForms.of(Map.of(), "cat.png", "aa");

  private final InMemoryIdempotencyKeys keys = new InMemoryIdempotencyKeys();
  private final FakeQueue queue = new FakeQueue();
  private final InMemoryObjectStore objects = new InMemoryObjectStore();
  private final PostponedTasks postponed =
      new PostponedTasks(10, Set.of(MessagingException.class), Duration.ofMillis(10));
  private final IdempotentUploads uploads =
      new IdempotentUploads(keys, Duration.ofHours(1), new JobStore(queue, objects), postponed);

  /** The ids that were passed to the work, one list per run. */
  private final List<List<JobId>> worked = new ArrayList<>();

  @AfterEach
  void close() {
    postponed.close();
  }

  @Test
  void aRepeatedUploadGetsTheFirstAnswerAndDoesNoWork() {
    IdempotentUploads.Answer first = upload("shop", FORM).orElseThrow();
    IdempotentUploads.Answer second = upload("shop", FORM).orElseThrow();

    assertThat(worked).hasSize(1);
    assertThat(second).isEqualTo(first);
    assertThat(first.location()).isEqualTo("/jobs/" + worked.get(0).get(0));
    assertThat(first.body()).contains(worked.get(0).get(0).toString());
  }

  @Test
  void keysOfDifferentCallersAreDifferent() {
    upload("shop", FORM);
    upload("museum", FORM);
    assertThat(worked).hasSize(2);
    assertThat(worked.get(0)).isNotEqualTo(worked.get(1));
  }

  @Test
  void aKeyIsNotUsedForAnotherUpload() {
    upload("shop", FORM);
    for (UploadForm other :
        List.of(
            TestForms.of(Map.of(), "cat.png", "bb"),
            TestForms.of(Map.of(), "dog.png", "aa"),
            TestForms.of(Map.of("priority", "high"), "cat.png", "aa"),
            TestForms.of(Map.of("renditions", "small"), "cat.png", "aa"),
            TestForms.of(Map.of("webhook", "https://a.test/"), "cat.png", "aa"))) {
      assertProblem("idempotency-conflict", () -> upload("shop", other));
    }
    assertThat(worked).hasSize(1);
  }

  @Test
  void aSecondUploadDuringTheFirstIsRefused() {
    uploads.once(
        "shop",
        KEY,
        FORM,
        ids -> {
          assertProblem("idempotency-conflict", () -> upload("shop", FORM));
          return accept(ids);
        });
    assertThat(worked).hasSize(1);
  }

  @Test
  void anUploadThatCrashedIsContinuedWithItsIds() {
    assertThatThrownBy(
            () ->
                uploads.once(
                    "shop",
                    KEY,
                    FORM,
                    ids -> {
                      worked.add(ids);
                      throw new IllegalStateException("crash");
                    }))
        .hasMessage("crash");
    keys.endLocks();

    upload("shop", FORM);
    assertThat(worked).hasSize(2);
    assertThat(worked.get(1)).isEqualTo(worked.get(0));
  }

  @Test
  void anUploadWithoutAcceptedFilesIsNotRemembered() {
    assertThat(uploads.once("shop", KEY, FORM, ids -> Optional.empty())).isEmpty();
    assertThat(upload("shop", FORM)).isPresent();
    assertThat(upload("shop", TestForms.of(Map.of(), "cat.png", "aa"))).isPresent();
    assertThat(worked).hasSize(1);
  }

  @Test
  void withoutTheQueueARepeatedUploadFindsTheFirstOnesJobInStorage() {
    keys.setUnreachable(true);
    queue.setUnreachable(true);
    upload("shop", FORM);
    store(worked.get(0).get(0));

    upload("shop", FORM);
    assertThat(worked).hasSize(2);
    assertThat(worked.get(1)).isEqualTo(worked.get(0));
  }

  @Test
  void aResponseSentWithoutTheQueueIsStoredWhenItIsBack() {
    keys.setUnreachable(true);
    queue.setUnreachable(true);
    IdempotentUploads.Answer first = upload("shop", FORM).orElseThrow();
    assertThat(keys.completed()).isZero();

    keys.setUnreachable(false);
    queue.setUnreachable(false);
    await().atMost(Duration.ofMinutes(1)).until(() -> keys.completed() == 1);
    assertThat(upload("shop", FORM)).contains(first);
    assertThat(worked).hasSize(1);
  }

  @Test
  void aResponseThatCannotBeStoredIsSentAnyway() {
    Optional<IdempotentUploads.Answer> answer =
        uploads.once(
            "shop",
            KEY,
            FORM,
            ids -> {
              keys.setUnreachable(true);
              return accept(ids);
            });
    assertThat(answer).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "tab\t", "ключ"})
  void aMalformedKeyIsRefused(String key) {
    assertProblem("bad-request", () -> uploads.once("shop", key, FORM, this::accept));
    assertProblem("bad-request", () -> uploads.once("shop", "k".repeat(256), FORM, this::accept));
    assertThat(worked).isEmpty();
  }

  private Optional<IdempotentUploads.Answer> upload(String caller, UploadForm form) {
    return uploads.once(caller, KEY, form, this::accept);
  }

  private Optional<UploadResponse> accept(List<JobId> ids) {
    worked.add(ids);
    return Optional.of(
        new UploadResponse(ids.stream().map(id -> UploadResult.accepted(job(id))).toList()));
  }

  private void store(JobId id) {
    objects.put(JobKeys.original(id), new byte[1], "image/png", job(id).toProperties());
  }

  private static JobDescription job(JobId id) {
    return new JobDescription(
        id,
        "cat.png",
        1,
        ImageFormat.PNG,
        1,
        1,
        "aa",
        List.of(Rendition.parse("small", "100x100")),
        Priority.NORMAL);
  }

  private static void assertProblem(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code));
  }
}

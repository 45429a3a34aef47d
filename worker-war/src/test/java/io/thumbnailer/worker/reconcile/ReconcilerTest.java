package io.thumbnailer.worker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.JobStatus;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageConsumer;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.worker.JobBench;
import io.thumbnailer.worker.reconcile.Reconciler.Action;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
  @TempDir private static Path directory;
  private static JobBench bench;

  private final MessagingContext messaging = bench.messaging();
  private final MessageBrowser browser = messaging.createBrowser(ThumbnailJob.QUEUE);
  private final JobStore jobs = new JobStore(browser, bench.objects());

  @BeforeAll
  static void start() {
    bench = JobBench.start(directory);
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void forgetEverything() {
    bench.flushAll();
    bench.clearObjects();
  }

  @Test
  void afterALossOfRedisDataEveryJobIsEnqueuedAgainAndDone() {
    JobDescription job = bench.submit();
    bench.flushAll();
    assertThat(browser.find(job.id().toString())).isEmpty();
    assertThat(jobs.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);

    assertThat(reconcile(Duration.ZERO)).contains(Map.of(Action.REQUEUED, 1L));
    assertThat(browser.find(job.id().toString()).orElseThrow().state())
        .isEqualTo(MessageState.QUEUED);

    work();
    assertDone(job);
    bench.flushAll();
    assertDone(job);
    assertThat(jobs.find(job.id()).orElseThrow().thumbnails()).hasSize(2);
  }

  @Test
  void aJobThatIsEnqueuedAgainStaysInItsTrace() {
    JobDescription job = bench.submit();
    bench.flushAll();
    Map<String, String> metadata = new HashMap<>(job.toProperties());
    metadata.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    bench.objects().put(JobKeys.original(job.id()), new byte[1], "image/jpeg", metadata);

    assertThat(reconcile(Duration.ZERO)).contains(Map.of(Action.REQUEUED, 1L));

    assertThat(browser.find(job.id().toString()).orElseThrow().message().properties())
        .isEqualTo(metadata);
  }

  @Test
  void theOriginalOfADoneJobIsDeletedAndNotRenderedAgain() {
    JobDescription known = bench.submit();
    JobDescription forgotten = bench.submit();
    work();
    assertDone(known);
    assertDone(forgotten);
    bench.putOriginal(known);
    bench.putOriginal(forgotten);
    bench.flushAll();
    var unused = messaging.createProducer(ThumbnailJob.QUEUE).send(known.toMessage());
    work();
    int rendered = bench.rendered();

    assertThat(reconcile(Duration.ZERO)).contains(Map.of(Action.FINISHED, 1L));
    work();
    assertThat(bench.objects().list(JobKeys.UPLOADS, Optional.empty(), 10).objects()).isEmpty();
    assertThat(bench.rendered()).isEqualTo(rendered);
    assertDone(known);
    assertDone(forgotten);
  }

  @Test
  void anOriginalOfAnAcknowledgedJobIsDeleted() {
    JobDescription job = bench.submit();
    work();
    assertDone(job);
    bench.putOriginal(job);

    assertThat(reconcile(Duration.ZERO)).contains(Map.of(Action.FINISHED, 1L));
    assertThat(bench.objects().head(JobKeys.original(job.id()))).isEmpty();
  }

  @Test
  void youngAndWaitingAndForeignOriginalsAreLeftAlone() {
    JobDescription young = bench.submit();
    bench.flushAll();
    assertThat(reconcile(Duration.ofHours(1))).contains(Map.of());
    assertThat(browser.find(young.id().toString())).isEmpty();
    bench.clearObjects();
    bench.flushAll();

    bench.submit();
    bench.objects().put(JobKeys.UPLOADS + "foreign", new byte[1], "text/plain", Map.of());
    bench
        .objects()
        .put(
            JobKeys.original(io.thumbnailer.job.JobId.next()),
            "no metadata".getBytes(StandardCharsets.UTF_8),
            "text/plain",
            Map.of());
    assertThat(reconcile(Duration.ZERO)).contains(Map.of(Action.MALFORMED, 1L));
  }

  @Test
  void aDeletedJobIsNotCreatedAgain() {
    JobDescription job = bench.submit();
    assertThat(browser.remove(job.id().toString())).isTrue();

    var unused = reconcile(Duration.ZERO);

    assertThat(jobs.find(job.id())).isEmpty();
    assertThat(bench.objects().head(JobKeys.original(job.id()))).isEmpty();
  }

  @Test
  void onlyOneReconcilerRunsAtATimeWithAPauseAfterIt() {
    assertThat(reconcile(Duration.ZERO)).isPresent();
    assertThat(reconcile(Duration.ZERO)).isEmpty();
    bench.flushAll();
    assertThat(reconcile(Duration.ZERO)).isPresent();
  }

  @Test
  void aLostAcknowledgementIsRepeatedFromStorage() {
    JobDescription job = bench.submit();
    work();
    assertDone(job);
    bench.flushAll(); // and the record comes back as it was before
    var unused = messaging.createProducer(ThumbnailJob.QUEUE).send(job.toMessage());

    work();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                browser.find(job.id().toString()).orElseThrow().state()
                    == MessageState.ACKNOWLEDGED);
    assertThat(jobs.find(job.id()).orElseThrow().thumbnails()).hasSize(2);
  }

  private Optional<Map<Action, Long>> reconcile(Duration minAge) {
    try {
      Thread.sleep(minAge.isZero() ? 1_100 : 0); // S3 counts whole seconds
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Reconciler(
            bench.objects(),
            messaging.maintenance(ThumbnailJob.QUEUE),
            messaging.createProducer(ThumbnailJob.QUEUE),
            new JobDeletion(browser, messaging.deadLetters(ThumbnailJob.QUEUE), bench.objects()),
            Duration.ofMinutes(5),
            minAge)
        .reconcileWhenDue();
  }

  /** Processes all waiting jobs. */
  private void work() {
    MessageConsumer consumer = bench.consumer("test");
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> browser.statistics().totalBacklog() == 0);
    } finally {
      consumer.stop(Duration.ofSeconds(10));
    }
  }

  private void assertDone(JobDescription job) {
    assertThat(jobs.find(job.id()).orElseThrow().status()).isEqualTo(JobStatus.DONE);
    assertThat(jobs.find(job.id()).orElseThrow().createdAt())
        .isBefore(Instant.now().plusSeconds(1));
  }
}

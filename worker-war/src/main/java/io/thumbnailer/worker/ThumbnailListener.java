package io.thumbnailer.worker;

import io.thumbnailer.imaging.RenderedThumbnail;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.StoredThumbnail;
import io.thumbnailer.job.StoredThumbnails;
import io.thumbnailer.job.ThumbnailCaching;
import io.thumbnailer.job.ThumbnailMetadata;
import io.thumbnailer.messaging.Delivery;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.PermanentFailureException;
import io.thumbnailer.messaging.PostponedException;
import io.thumbnailer.messaging.StaleLeaseException;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import io.thumbnailer.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * Processes one job: downloads the original, stores the thumbnails, acknowledges the message,
 * deletes the original.
 *
 * <p>The acknowledgement publishes the job: it lists the thumbnails, and only the holder of the
 * lease can make it. A worker that has lost its lease without knowing can at most create a missing
 * thumbnail, from the same original and rendition as its successor. It cannot replace one, because
 * thumbnails are never overwritten, and it deletes nothing, because the original is deleted only
 * after a successful acknowledgement.
 */
final class ThumbnailListener implements MessageListener {
  private static final System.Logger LOG = System.getLogger(ThumbnailListener.class.getName());

  private final ScratchDirectory scratch;
  private final ObjectStore objects;
  private final ThumbnailRenderer renderer;
  private final JobDeletion deletion;
  private final JobRecorder recorder;
  private final StoredThumbnails thumbnails;
  private final ParallelCalls parallel;

  /**
   * Creates a listener.
   *
   * @param uploads runs the calls that store a job's second and further thumbnails
   */
  ThumbnailListener(
      ScratchDirectory scratch,
      ObjectStore objects,
      ThumbnailRenderer renderer,
      JobDeletion deletion,
      JobRecorder recorder,
      Executor uploads) {
    this.parallel = new ParallelCalls(uploads);
    this.scratch = scratch;
    this.objects = objects;
    this.renderer = renderer;
    this.deletion = deletion;
    this.recorder = recorder;
    this.thumbnails = new StoredThumbnails(objects);
  }

  @Override
  public void onMessage(Delivery delivery) throws Exception {
    JobRecorder.Attempt attempt = recorder.begin(delivery);
    try {
      JobDescription job = describe(delivery);
      Optional<List<StoredThumbnail>> before = storedBefore(job, delivery);
      List<StoredThumbnail> stored =
          before.isPresent() ? before.get() : makeThumbnails(job, delivery, attempt);
      delivery.acknowledge(StoredThumbnail.format(stored));
      attempt.done();
      LOG.log(
          System.Logger.Level.INFO,
          "job {0} is done: {1} thumbnails, attempt {2}",
          job.id(),
          stored.size(),
          delivery.deliveryCount());
      // Done last: if the worker dies earlier, the job is repeated and nothing is lost.
      deleteOriginal(job);
    } catch (PermanentFailureException e) {
      attempt.failed();
      throw e;
    } catch (InterruptedException e) {
      attempt.handedBack();
      throw e;
    } catch (StaleLeaseException e) {
      attempt.leaseLost();
      deleteLeftovers(delivery);
      throw e;
    } catch (StorageUnavailableException e) {
      attempt.retried();
      throw new PostponedException(e); // an outage must not use up the attempts of all jobs
    } catch (Exception e) {
      attempt.retried();
      throw e;
    }
  }

  private static JobDescription describe(Delivery delivery) throws PermanentFailureException {
    try {
      return JobDescription.fromMessage(delivery.message());
    } catch (IllegalArgumentException e) {
      throw new PermanentFailureException("malformed-job", e.getMessage(), e);
    }
  }

  /**
   * Thumbnails of a worker that stored them all but died, or lost its connection, before it
   * acknowledged.
   */
  private Optional<List<StoredThumbnail>> storedBefore(JobDescription job, Delivery delivery) {
    return delivery.redelivered() ? thumbnails.allOf(job) : Optional.empty();
  }

  private List<StoredThumbnail> makeThumbnails(
      JobDescription job, Delivery delivery, JobRecorder.Attempt attempt) throws Exception {
    Path original = scratch.newFile();
    try {
      if (!attempt.stage("download", () -> download(job, original))) {
        // Redis can lose the last second before a crash, including an acknowledgement.
        return thumbnails.allOf(job).orElseThrow(ThumbnailListener::originalMissing);
      }
      List<RenderedThumbnail> rendered =
          attempt.stage("render", () -> render(job, original, attempt));
      return attempt.stage("store", () -> store(job, rendered, delivery));
    } finally {
      delete(original);
    }
  }

  private boolean download(JobDescription job, Path target) {
    return objects.download(JobKeys.original(job.id()), target).isPresent();
  }

  private static PermanentFailureException originalMissing() {
    return new PermanentFailureException(
        "original-missing", "the original is no longer in storage", null);
  }

  private List<RenderedThumbnail> render(
      JobDescription job, Path original, JobRecorder.Attempt attempt)
      throws PermanentFailureException, InterruptedException {
    try {
      return renderer.render(original, job.renditions(), attempt::ended);
    } catch (ImagingException e) {
      throw new PermanentFailureException(e.reason().code(), e.getMessage(), e);
    }
  }

  /** Stores all thumbnails at the same time. */
  private List<StoredThumbnail> store(
      JobDescription job, List<RenderedThumbnail> rendered, Delivery delivery)
      throws InterruptedException {
    if (!delivery.leaseHeld()) {
      throw new StaleLeaseException(delivery.message().id());
    }
    List<Callable<StoredThumbnail>> calls = new ArrayList<>();
    rendered.forEach(thumbnail -> calls.add(() -> create(job, thumbnail)));
    try {
      return parallel.run(calls);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StorageException known
          ? known
          : new IllegalStateException("a thumbnail could not be stored", e.getCause());
    }
  }

  private StoredThumbnail create(JobDescription job, RenderedThumbnail thumbnail) {
    String name = thumbnail.rendition().name();
    String key = JobKeys.thumbnail(job.id(), name, thumbnail.format());
    boolean created =
        objects.create(
            key,
            thumbnail.content(),
            thumbnail.format().contentType(),
            ThumbnailCaching.PUBLIC
                .forEver(), // private deployments override this header in the presigned URL
            ThumbnailMetadata.of(job, thumbnail));
    if (!created) {
      Optional<ObjectInfo> before = objects.head(key);
      if (before.isPresent()) {
        return StoredThumbnails.describe(before.get());
      }
    }
    return new StoredThumbnail(
        name,
        thumbnail.format(),
        thumbnail.width(),
        thumbnail.height(),
        thumbnail.content().length,
        ThumbnailMetadata.warnings(thumbnail));
  }

  /** Only for a deleted job; a job that another worker took over keeps its thumbnails. */
  private void deleteLeftovers(Delivery delivery) {
    try {
      JobId.parse(delivery.message().id()).ifPresent(deletion::deleteLeftovers);
    } catch (MessagingException | StorageException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "if job {0} was deleted, the retention clean-up will delete its thumbnails",
          delivery.message().id());
    }
  }

  private void deleteOriginal(JobDescription job) {
    try {
      objects.delete(JobKeys.original(job.id()));
    } catch (StorageException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "job {0} is done, but its original could not be deleted",
          job.id());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "could not delete a temporary file", e);
    }
  }
}

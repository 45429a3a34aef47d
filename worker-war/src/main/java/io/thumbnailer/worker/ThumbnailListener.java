package io.thumbnailer.worker;

import io.thumbnailer.imaging.ImagingException;
import io.thumbnailer.imaging.RenderedThumbnail;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.job.StoredThumbnail;
import io.thumbnailer.job.ThumbnailMetadata;
import io.thumbnailer.messaging.Delivery;
import io.thumbnailer.messaging.MessageListener;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.messaging.PermanentFailureException;
import io.thumbnailer.messaging.StaleLeaseException;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Does one job: original down, thumbnails up, message acknowledged, original deleted. */
final class ThumbnailListener implements MessageListener {
  private static final System.Logger LOG = System.getLogger(ThumbnailListener.class.getName());

  private final ObjectStore objects;
  private final ThumbnailRenderer renderer;
  private final JobDeletion deletion;
  private final JobMetrics metrics;

  ThumbnailListener(
      ObjectStore objects, ThumbnailRenderer renderer, JobDeletion deletion, JobMetrics metrics) {
    this.objects = objects;
    this.renderer = renderer;
    this.deletion = deletion;
    this.metrics = metrics;
  }

  @Override
  public void onMessage(Delivery delivery) throws Exception {
    JobMetrics.Attempt attempt = metrics.begin(delivery.sentAt(), delivery.redelivered());
    try {
      JobDescription job = describe(delivery);
      List<StoredThumbnail> stored = makeThumbnails(job, delivery, attempt);
      delivery.acknowledge(StoredThumbnail.format(stored));
      attempt.done();
      // Last, so that a worker that dies before has lost nothing: the job would be done again.
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

  private List<StoredThumbnail> makeThumbnails(
      JobDescription job, Delivery delivery, JobMetrics.Attempt attempt) throws Exception {
    Path original = Files.createTempFile("original-", null);
    try {
      attempt.stage("download", () -> download(job, original));
      List<RenderedThumbnail> rendered = attempt.stage("render", () -> render(job, original));
      return attempt.stage("store", () -> store(job, rendered, delivery));
    } finally {
      delete(original);
    }
  }

  private Path download(JobDescription job, Path target) throws PermanentFailureException {
    if (objects.download(JobKeys.original(job.id()), target).isEmpty()) {
      throw new PermanentFailureException(
          "original-missing", "the original is no longer in storage", null);
    }
    return target;
  }

  private List<RenderedThumbnail> render(JobDescription job, Path original)
      throws PermanentFailureException, InterruptedException {
    try {
      return renderer.render(original, job.renditions());
    } catch (ImagingException e) {
      throw new PermanentFailureException(e.reason().code(), e.getMessage(), e);
    }
  }

  private List<StoredThumbnail> store(
      JobDescription job, List<RenderedThumbnail> rendered, Delivery delivery) {
    List<StoredThumbnail> stored = new ArrayList<>();
    for (RenderedThumbnail thumbnail : rendered) {
      if (!delivery.leaseHeld()) {
        throw new StaleLeaseException(delivery.message().id());
      }
      String name = thumbnail.rendition().name();
      objects.put(
          JobKeys.thumbnail(job.id(), name, thumbnail.format()),
          thumbnail.content(),
          thumbnail.format().contentType(),
          ThumbnailMetadata.of(job, thumbnail));
      stored.add(
          new StoredThumbnail(
              name,
              thumbnail.format(),
              thumbnail.width(),
              thumbnail.height(),
              thumbnail.content().length));
    }
    return stored;
  }

  /** Of a job that was deleted; one that another worker took over keeps its thumbnails. */
  private void deleteLeftovers(Delivery delivery) {
    try {
      JobId.parse(delivery.message().id()).ifPresent(deletion::deleteLeftovers);
    } catch (MessagingException | StorageException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "thumbnails of job {0}, if it was deleted, are left to the retention sweep",
          delivery.message().id());
    }
  }

  private void deleteOriginal(JobDescription job) {
    try {
      objects.delete(JobKeys.original(job.id()));
    } catch (StorageException e) {
      LOG.log(
          System.Logger.Level.WARNING, "job {0} is done but its original is still there", job.id());
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

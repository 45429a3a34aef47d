package io.thumbnailer.ingest;

import io.opentelemetry.api.OpenTelemetry;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.imaging.ImageProbe;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.ingest.observe.RequestTrace;
import io.thumbnailer.ingest.observe.TracedProducer;
import io.thumbnailer.ingest.upload.BackPressure;
import io.thumbnailer.ingest.upload.IdempotentUploads;
import io.thumbnailer.ingest.upload.RequestedRenditions;
import io.thumbnailer.ingest.upload.UploadAdmission;
import io.thumbnailer.ingest.upload.receive.IngestSettings;
import io.thumbnailer.ingest.upload.receive.MultipartReader;
import io.thumbnailer.ingest.upload.receive.ProbeSettings;
import io.thumbnailer.ingest.upload.receive.UploadCapacity;
import io.thumbnailer.ingest.upload.receive.UploadSpool;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.JobSubmission;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.CachedStatistics;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.resilience.PostponedTasks;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import io.thumbnailer.webhook.WebhookTargets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** Builds the parts of the application from its configuration. */
@ApplicationScoped
public class IngestComponents {
  /** Enough for some minutes without Redis; each takes a few KB. */
  private static final int POSTPONED = 5_000;

  private static final Duration POSTPONED_PAUSE = Duration.ofMillis(250);

  @Produces
  @Singleton
  IngestSettings settings(SettingsReader reader) {
    return IngestSettings.from(reader);
  }

  @Produces
  @Singleton
  WebhookTargets webhooks(SettingsReader reader) {
    return WebhookTargets.from(reader);
  }

  @Produces
  @Singleton
  JobStore jobStore(MessageBrowser browser, ObjectStore objects) {
    return new JobStore(browser, objects);
  }

  @Produces
  @Singleton
  CachedStatistics statistics(MessageBrowser browser) {
    return new CachedStatistics(browser, Duration.ofMillis(200));
  }

  @Produces
  @Singleton
  PostponedTasks postponed() {
    return new PostponedTasks(
        POSTPONED, Set.of(MessagingException.class, StorageException.class), POSTPONED_PAUSE);
  }

  static void close(@Disposes PostponedTasks postponed) {
    postponed.close();
  }

  @Produces
  @Singleton
  JobSubmission submission(
      ObjectStore objects,
      MessagingContext messaging,
      PostponedTasks postponed,
      Instance<OpenTelemetry> telemetry) {
    return new JobSubmission(
        objects,
        new TracedProducer(
            messaging.createProducer(ThumbnailJob.QUEUE),
            ThumbnailJob.QUEUE,
            // a server without traces has none
            telemetry.isResolvable() ? telemetry.get() : OpenTelemetry.noop()),
        postponed,
        RequestTrace::properties);
  }

  @Produces
  @Singleton
  UploadCapacity uploadCapacity(IngestSettings settings) {
    return new UploadCapacity(settings.limits());
  }

  @Produces
  @Singleton
  UploadSpool uploadSpool(IngestSettings settings) {
    return new UploadSpool(settings.directory());
  }

  @Produces
  @Singleton
  MultipartReader multipartReader(
      IngestSettings settings, UploadCapacity capacity, UploadSpool spool) {
    return new MultipartReader(settings, capacity, spool);
  }

  @Produces
  @Singleton
  BackPressure backPressure(IngestSettings settings, CachedStatistics statistics) {
    return new BackPressure(statistics, settings.maxBacklog());
  }

  @Produces
  @Singleton
  IdempotentUploads replay(
      IngestSettings settings,
      MessagingContext messaging,
      JobStore jobs,
      PostponedTasks postponed) {
    return new IdempotentUploads(
        messaging.idempotencyKeys(ThumbnailJob.QUEUE),
        settings.idempotencyRetention(),
        jobs,
        postponed);
  }

  @Produces
  @Singleton
  UploadAdmission admission(IngestSettings settings) {
    ProbeSettings probing = settings.probing();
    return new UploadAdmission(
        settings,
        new ImageProbe(
            probing.timeout(), new DecodeMemoryBudget(probing.memory()), probing.formats()));
  }

  @Produces
  @Singleton
  RequestedRenditions renditions(IngestSettings settings) {
    return new RequestedRenditions(settings.renditions().byName());
  }
}

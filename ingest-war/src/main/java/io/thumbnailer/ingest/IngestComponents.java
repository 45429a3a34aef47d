package io.thumbnailer.ingest;

import io.opentelemetry.api.OpenTelemetry;
import io.thumbnailer.config.RedisConfiguration;
import io.thumbnailer.config.S3Configuration;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.config.WebhookConfiguration;
import io.thumbnailer.health.Dependencies;
import io.thumbnailer.imaging.ImageProbe;
import io.thumbnailer.ingest.tracing.RequestTrace;
import io.thumbnailer.ingest.tracing.TracedProducer;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobStore;
import io.thumbnailer.job.JobSubmission;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.redis.RedisMessagingContext;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.S3ObjectStore;
import io.thumbnailer.webhook.WebhookTargets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Builds the parts of the application from its configuration. */
@ApplicationScoped
public class IngestComponents {

  @Produces
  @Singleton
  SettingsReader settingsReader(Config config) {
    return new SettingsReader(config);
  }

  @Produces
  @Singleton
  IngestSettings settings(SettingsReader reader) {
    return IngestSettings.from(reader);
  }

  @Produces
  @Singleton
  WebhookTargets webhooks(SettingsReader reader) {
    return WebhookConfiguration.targets(reader);
  }

  @Produces
  @Singleton
  MessagingContext messaging(SettingsReader reader) {
    return RedisMessagingContext.connect(RedisConfiguration.from(reader));
  }

  void close(@Disposes MessagingContext messaging) {
    messaging.close();
  }

  @Produces
  @Singleton
  S3ObjectStore objects(SettingsReader reader) {
    return S3ObjectStore.open(S3Configuration.from(reader));
  }

  void close(@Disposes S3ObjectStore objects) {
    objects.close();
  }

  @Produces
  @Singleton
  MessageBrowser browser(MessagingContext messaging) {
    return messaging.createBrowser(RedisConfiguration.JOBS);
  }

  @Produces
  @Singleton
  DeadLetters deadLetters(MessagingContext messaging) {
    return messaging.deadLetters(RedisConfiguration.JOBS);
  }

  @Produces
  @Singleton
  JobDeletion deletion(MessageBrowser browser, DeadLetters deadLetters, ObjectStore objects) {
    return new JobDeletion(browser, deadLetters, objects);
  }

  @Produces
  @Singleton
  JobStore jobStore(MessageBrowser browser, ObjectStore objects) {
    return new JobStore(browser, objects);
  }

  @Produces
  @Singleton
  JobSubmission submission(
      ObjectStore objects, MessagingContext messaging, Instance<OpenTelemetry> telemetry) {
    return new JobSubmission(
        objects,
        new TracedProducer(
            messaging.createProducer(RedisConfiguration.JOBS),
            RedisConfiguration.JOBS,
            // a server that makes no traces has none
            telemetry.isResolvable() ? telemetry.get() : OpenTelemetry.noop()),
        RequestTrace::properties);
  }

  @Produces
  @Singleton
  Dependencies dependencies(MessagingContext messaging, ObjectStore objects) {
    return new Dependencies(messaging, objects);
  }

  @Produces
  @Singleton
  UploadCapacity uploadCapacity(IngestSettings settings) {
    return new UploadCapacity(settings.limits());
  }

  @Produces
  @Singleton
  ReceivingFolder receivingFolder(IngestSettings settings) {
    return new ReceivingFolder(settings.directory());
  }

  @Produces
  @Singleton
  MultipartReader multipartReader(
      IngestSettings settings, UploadCapacity capacity, ReceivingFolder folder) {
    return new MultipartReader(settings, capacity, folder);
  }

  @Produces
  @Singleton
  BackPressure backPressure(IngestSettings settings, MessageBrowser browser) {
    return new BackPressure(browser, settings.maxBacklog());
  }

  @Produces
  @Singleton
  UploadReplay replay(IngestSettings settings, MessagingContext messaging) {
    return new UploadReplay(
        messaging.idempotencyKeys(RedisConfiguration.JOBS), settings.idempotencyRetention());
  }

  @Produces
  @Singleton
  UploadAdmission admission(IngestSettings settings) {
    return new UploadAdmission(settings, new ImageProbe());
  }

  @Produces
  @Singleton
  RequestedRenditions renditions(IngestSettings settings) {
    return new RequestedRenditions(settings.renditions().byName());
  }
}

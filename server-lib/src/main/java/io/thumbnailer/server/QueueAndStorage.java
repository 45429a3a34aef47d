package io.thumbnailer.server;

import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.health.Dependencies;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagingContext;
import io.thumbnailer.messaging.redis.RedisMessagingContext;
import io.thumbnailer.messaging.redis.RedisSettings;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.S3ObjectStore;
import io.thumbnailer.storage.S3Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Produces the queue and the storage of an application from its configuration. */
@ApplicationScoped
public class QueueAndStorage {
  @Produces
  @Singleton
  SettingsReader settingsReader(Config config) {
    return new SettingsReader(config);
  }

  @Produces
  @Singleton
  MessagingContext messaging(SettingsReader reader) {
    return RedisMessagingContext.connect(RedisSettings.from(reader));
  }

  static void close(@Disposes MessagingContext messaging) {
    messaging.close();
  }

  @Produces
  @Singleton
  S3ObjectStore objects(SettingsReader reader) {
    return S3ObjectStore.open(S3Settings.from(reader));
  }

  static void close(@Disposes S3ObjectStore objects) {
    objects.close();
  }

  @Produces
  @Singleton
  MessageBrowser browser(MessagingContext messaging) {
    return messaging.createBrowser(ThumbnailJob.QUEUE);
  }

  @Produces
  @Singleton
  DeadLetters deadLetters(MessagingContext messaging) {
    return messaging.deadLetters(ThumbnailJob.QUEUE);
  }

  @Produces
  @Singleton
  JobDeletion deletion(MessageBrowser browser, DeadLetters deadLetters, ObjectStore objects) {
    return new JobDeletion(browser, deadLetters, objects);
  }

  @Produces
  @Singleton
  Dependencies dependencies(MessagingContext messaging, ObjectStore objects) {
    return new Dependencies(messaging, objects);
  }
}

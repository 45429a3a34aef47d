package io.thumbnailer.ingest.retention;

import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.ingest.lifecycle.StartTask;
import io.thumbnailer.ingest.upload.receive.IngestSettings;
import io.thumbnailer.job.JobDeletion;
import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobKeys;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectPage;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Deletes thumbnails past their retention, direct uploads that were never completed, and remains of
 * deleted jobs. A job's id starts with its time, so listings are ordered by age and a run ends at
 * the first key that is young enough. Every ingest server does this; repeating it is safe.
 */
@Singleton
public class RetentionSweeper implements StartTask {
  private static final System.Logger LOG = System.getLogger(RetentionSweeper.class.getName());
  private static final int PAGE = 500;

  /** For a client that started its upload at the last moment. */
  private static final Duration UNDER_WAY = Duration.ofHours(1);

  private final ObjectStore objects;
  private final JobDeletion deletion;
  private final RetentionSettings settings;
  private final Duration incomingRetention;
  private final Clock clock = Clock.systemUTC();

  @Resource private ManagedScheduledExecutorService scheduler;

  @Inject
  public RetentionSweeper(
      ObjectStore objects, JobDeletion deletion, SettingsReader reader, IngestSettings ingest) {
    this.objects = objects;
    this.deletion = deletion;
    this.settings = RetentionSettings.from(reader);
    this.incomingRetention = ingest.directUploadValidity().plus(UNDER_WAY);
  }

  @Override
  public void start() {
    long millis = settings.interval().toMillis();
    var unused =
        scheduler.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
  }

  void sweep() {
    try {
      Instant now = clock.instant();
      deleteOlder(JobKeys.INCOMING, now.minus(incomingRetention));
      settings.thumbnails().ifPresent(kept -> deleteOlder(JobKeys.THUMBNAILS, now.minus(kept)));
      deletion.settle(now);
    } catch (StorageException | MessagingException e) {
      LOG.log(
          System.Logger.Level.WARNING, "the retention clean-up was postponed: {0}", e.getMessage());
    } catch (RuntimeException e) { // the schedule must continue
      LOG.log(System.Logger.Level.ERROR, "the retention clean-up failed", e);
    }
  }

  private void deleteOlder(String prefix, Instant cutoff) {
    Optional<String> last = Optional.empty();
    while (true) {
      ObjectPage page = objects.list(prefix, last, PAGE);
      for (ObjectInfo object : page.objects()) {
        Optional<Instant> born = createdAt(object.key().substring(prefix.length()));
        if (born.isPresent() && !born.get().isBefore(cutoff)) {
          return;
        }
        if (born.isPresent()) {
          objects.delete(object.key());
        }
        last = Optional.of(object.key());
      }
      if (!page.truncated()) {
        return;
      }
    }
  }

  /** The time of the job that a key belongs to; empty for an unknown key. */
  private static Optional<Instant> createdAt(String name) {
    int slash = name.indexOf('/');
    return JobId.parse(slash < 0 ? name : name.substring(0, slash)).map(JobId::createdAt);
  }
}

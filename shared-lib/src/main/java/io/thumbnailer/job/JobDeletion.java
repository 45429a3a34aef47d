package io.thumbnailer.job;

import io.thumbnailer.messaging.DeadLetters;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes jobs with their originals and thumbnails.
 *
 * <p>The message is removed first. Its tombstone keeps the reconciler from enqueuing the job again
 * while its original still exists, and makes a worker that is processing the job delete the
 * thumbnails it has stored meanwhile. A worker that is killed at that moment cannot, so everything
 * is deleted once more {@link #SETTLED} later.
 */
public final class JobDeletion {
  /** Longer than a worker can continue with a job whose lease it has lost. */
  public static final Duration SETTLED = Duration.ofMinutes(10);

  private static final int PAGE = 100;

  private final MessageBrowser messages;
  private final DeadLetters deadLetters;
  private final ObjectStore objects;

  /** Uses the queue and the storage of the jobs. */
  public JobDeletion(MessageBrowser messages, DeadLetters deadLetters, ObjectStore objects) {
    this.messages = messages;
    this.deadLetters = deadLetters;
    this.objects = objects;
  }

  /**
   * Deletes a job in any status. Repeating the call after a failure completes the deletion.
   *
   * @return false if neither the queue nor storage has the job
   * @throws io.thumbnailer.messaging.MessagingException if the queue is unreachable
   * @throws io.thumbnailer.storage.StorageException if storage is unreachable
   */
  public boolean delete(JobId id) {
    boolean known = messages.remove(id.toString());
    boolean stored = deleteObjects(id);
    if (stored && !known) {
      // the reconciler may have enqueued it again between the two steps
      known = messages.remove(id.toString());
    }
    return stored || known;
  }

  /** Deletes a job only if it is a dead letter. */
  public boolean deleteDeadLetter(JobId id) {
    if (!deadLetters.delete(id.toString())) {
      return false;
    }
    var unused = deleteObjects(id);
    return true;
  }

  /** Deletes the thumbnails of a job that was deleted while a worker processed it. */
  public void deleteLeftovers(JobId id) {
    boolean removed =
        messages.find(id.toString()).filter(m -> m.state() == MessageState.REMOVED).isPresent();
    if (removed) {
      deleteThumbnails(id);
    }
  }

  /** Deletes jobs again that were deleted {@link #SETTLED} ago, and clears their tombstones. */
  public void settle(Instant now) {
    Optional<String> cursor = Optional.empty();
    do {
      MessagePage page = messages.list(Set.of(MessageState.REMOVED), cursor, PAGE);
      for (MessageRecord tombstone : page.messages()) {
        if (tombstone.updatedAt().plus(SETTLED).isBefore(now)) {
          settle(tombstone.message().id());
        }
      }
      cursor = page.nextCursor();
    } while (cursor.isPresent());
  }

  private void settle(String messageId) {
    JobId.parse(messageId).ifPresent(this::deleteObjects);
    messages.forget(messageId);
  }

  private boolean deleteObjects(JobId id) {
    String original = JobKeys.original(id);
    boolean found = objects.head(original).isPresent();
    if (found) {
      objects.delete(original);
    }
    return deleteThumbnails(id) || found;
  }

  private boolean deleteThumbnails(JobId id) {
    List<ObjectInfo> thumbnails =
        objects.list(JobKeys.thumbnails(id), Optional.empty(), 1000).objects();
    thumbnails.forEach(thumbnail -> objects.delete(thumbnail.key()));
    return !thumbnails.isEmpty();
  }
}

package io.thumbnailer.job;

import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessagePage;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.messaging.MessagingException;
import io.thumbnailer.storage.ObjectStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds jobs. The queue has the details; for jobs that it no longer has, object storage answers,
 * which is the source of truth: if all thumbnails exist the job is done, and otherwise an existing
 * original is a job to do.
 */
public final class JobStore {
  /** The number of jobs that one search examines. */
  public static final int SEARCHED = 2_000;

  private static final int SEARCH_PAGE = 250;

  private final MessageBrowser messages;
  private final ObjectStore objects;
  private final StoredThumbnails thumbnails;

  /** Uses the queue and the storage of the jobs. */
  public JobStore(MessageBrowser messages, ObjectStore objects) {
    this.messages = messages;
    this.objects = objects;
    this.thumbnails = new StoredThumbnails(objects);
  }

  /**
   * Finds a job.
   *
   * @throws io.thumbnailer.messaging.MessagingException if the queue is unreachable
   * @throws io.thumbnailer.storage.StorageException if storage is unreachable
   */
  public Optional<ThumbnailJob> find(JobId id) {
    Optional<MessageRecord> known = messages.find(id.toString());
    if (known.isPresent()) {
      return known.filter(found -> found.state() != MessageState.REMOVED).map(JobStore::fromRecord);
    }
    return fromStorage(id);
  }

  /**
   * Finds a job. While the queue is unreachable, the answer comes from object storage alone: a job
   * that a worker holds, or that has failed, then appears as {@link JobStatus#QUEUED}.
   *
   * @throws io.thumbnailer.storage.StorageException if storage is unreachable
   */
  public Optional<ThumbnailJob> findEvenWithoutQueue(JobId id) {
    try {
      return find(id);
    } catch (MessagingException e) {
      return fromStorage(id);
    }
  }

  /**
   * Whether a job with this id was deleted a short time ago; false while the queue is unreachable.
   */
  public boolean wasDeleted(JobId id) {
    try {
      return messages
          .find(id.toString())
          .filter(found -> found.state() == MessageState.REMOVED)
          .isPresent();
    } catch (MessagingException e) {
      return false;
    }
  }

  private Optional<ThumbnailJob> fromStorage(JobId id) {
    return fromThumbnails(id).or(() -> fromOriginal(id));
  }

  /**
   * One page of the jobs in the queue, newest first. Per status at most 10,000 are listed.
   *
   * @param statuses to list; all if empty
   * @param after empty for the first page, then the previous page's cursor
   * @param limit 1 to 500
   */
  public JobPage list(Set<JobStatus> statuses, Optional<JobId> after, int limit) {
    Set<MessageState> states = EnumSet.noneOf(MessageState.class);
    for (MessageState state : MessageState.values()) {
      if (state != MessageState.REMOVED
          && (statuses.isEmpty() || statuses.contains(JobStatus.of(state)))) {
        states.add(state);
      }
    }
    MessagePage page = messages.list(states, after.map(JobId::toString), limit);
    return new JobPage(
        page.messages().stream().map(JobStore::fromRecord).toList(),
        page.nextCursor().flatMap(JobId::parse));
  }

  /**
   * One page of the jobs whose id begins with a text or whose file name contains it, ignoring case.
   * A search examines at most {@link #SEARCHED} jobs, so that it does not block Redis: a page may
   * contain fewer jobs than requested, or none, and still have a cursor.
   */
  public JobPage search(Set<JobStatus> statuses, String text, Optional<JobId> after, int limit) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<ThumbnailJob> found = new ArrayList<>();
    Optional<JobId> cursor = after;
    for (int looked = 0; looked < SEARCHED; looked += SEARCH_PAGE) {
      JobPage page = list(statuses, cursor, SEARCH_PAGE);
      for (ThumbnailJob job : page.jobs()) {
        if (matches(job.description(), wanted)) {
          found.add(job);
        }
        if (found.size() == limit) {
          return new JobPage(found, Optional.of(job.description().id()));
        }
      }
      cursor = page.nextCursor();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return new JobPage(found, cursor);
  }

  private static boolean matches(JobDescription job, String wanted) {
    return job.id().toString().startsWith(wanted)
        || job.filename().toLowerCase(Locale.ROOT).contains(wanted);
  }

  private static ThumbnailJob fromRecord(MessageRecord message) {
    return new ThumbnailJob(
        JobDescription.fromMessage(message.message()),
        JobStatus.of(message.state()),
        message.deliveryCount(),
        message.sentAt(),
        message.updatedAt(),
        message.endedAt(),
        message.state() == MessageState.ACKNOWLEDGED ? Optional.empty() : message.failure(),
        message.outcome().map(StoredThumbnail::parse).orElse(List.of()));
  }

  private Optional<ThumbnailJob> fromOriginal(JobId id) {
    return objects
        .head(JobKeys.original(id))
        .map(
            original ->
                new ThumbnailJob(
                    JobDescription.fromProperties(id, original.metadata()),
                    JobStatus.QUEUED,
                    0,
                    id.createdAt(),
                    original.lastModified(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of()));
  }

  private Optional<ThumbnailJob> fromThumbnails(JobId id) {
    return thumbnails
        .find(id)
        .map(
            done ->
                new ThumbnailJob(
                    done.description(),
                    JobStatus.DONE,
                    0,
                    id.createdAt(),
                    done.storedAt(),
                    Optional.of(done.storedAt()),
                    Optional.empty(),
                    done.thumbnails()));
  }
}

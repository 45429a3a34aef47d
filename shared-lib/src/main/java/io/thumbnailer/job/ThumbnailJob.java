package io.thumbnailer.job;

import io.thumbnailer.messaging.Destination;
import io.thumbnailer.messaging.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job in its current state.
 *
 * @param description the accepted upload
 * @param status the current status
 * @param attempts deliveries so far that count as attempts
 * @param createdAt when it was accepted
 * @param updatedAt when its status last changed
 * @param completedAt when it ended
 * @param failure why it failed, or why its last attempt did
 * @param thumbnails the stored thumbnails; empty until the job is done
 */
public record ThumbnailJob(
    JobDescription description,
    JobStatus status,
    int attempts,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> completedAt,
    Optional<Failure> failure,
    List<StoredThumbnail> thumbnails) {
  /** The queue of the thumbnail jobs. */
  public static final Destination QUEUE = new Destination("jobs");

  public ThumbnailJob {
    thumbnails = List.copyOf(thumbnails);
  }

  /**
   * The job at an earlier change: failure and thumbnails are the current ones, where the status can
   * have them.
   */
  public ThumbnailJob at(JobStatus changedTo, int attemptsThen, Instant changedAt) {
    return new ThumbnailJob(
        description,
        changedTo,
        attemptsThen,
        createdAt,
        changedAt,
        changedTo.ended() ? completedAt : Optional.empty(),
        failure,
        changedTo == JobStatus.DONE ? thumbnails : List.of());
  }

  /** The codes of the original's defects; empty until the job is done. */
  public List<String> warnings() {
    return thumbnails.stream().flatMap(t -> t.warnings().stream()).distinct().sorted().toList();
  }

  /** The stored thumbnail of a rendition. */
  public Optional<StoredThumbnail> thumbnail(String rendition) {
    return thumbnails.stream().filter(t -> t.rendition().equals(rendition)).findFirst();
  }
}

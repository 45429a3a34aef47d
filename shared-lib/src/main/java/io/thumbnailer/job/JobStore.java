package io.thumbnailer.job;

import io.thumbnailer.imaging.OutputFormat;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.MessageRecord;
import io.thumbnailer.messaging.MessageState;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds jobs. The queue knows them best; what it has forgotten is answered from object storage,
 * which is the source of truth: an original that is there is a job to do, thumbnails without an
 * original are a job done.
 */
public final class JobStore {
  private final MessageBrowser messages;
  private final ObjectStore objects;

  /** Over the queue and the storage of the jobs. */
  public JobStore(MessageBrowser messages, ObjectStore objects) {
    this.messages = messages;
    this.objects = objects;
  }

  /**
   * Finds a job.
   *
   * @throws io.thumbnailer.messaging.MessagingException when the queue cannot be asked
   * @throws io.thumbnailer.storage.StorageException when storage cannot be asked
   */
  public Optional<ThumbnailJob> find(JobId id) {
    return messages
        .find(id.toString())
        .map(JobStore::fromRecord)
        .or(() -> fromOriginal(id))
        .or(() -> fromThumbnails(id));
  }

  private static ThumbnailJob fromRecord(MessageRecord message) {
    return new ThumbnailJob(
        JobDescription.fromMessage(message.message()),
        status(message.state()),
        message.deliveryCount(),
        message.sentAt(),
        message.updatedAt(),
        message.endedAt(),
        message.state() == MessageState.ACKNOWLEDGED ? Optional.empty() : message.failure(),
        message.outcome().map(StoredThumbnail::parse).orElse(List.of()));
  }

  private static JobStatus status(MessageState state) {
    return switch (state) {
      case QUEUED -> JobStatus.QUEUED;
      case DELIVERED -> JobStatus.PROCESSING;
      case RETRYING -> JobStatus.RETRYING;
      case ACKNOWLEDGED -> JobStatus.DONE;
      case DEAD, EXPIRED -> JobStatus.FAILED;
    };
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
    List<ObjectInfo> stored =
        objects.list(JobKeys.thumbnails(id), Optional.empty(), 100).objects().stream()
            .flatMap(listed -> objects.head(listed.key()).stream())
            .toList();
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    Instant storedAt =
        stored.stream().map(ObjectInfo::lastModified).max(Instant::compareTo).orElseThrow();
    return Optional.of(
        new ThumbnailJob(
            JobDescription.fromProperties(id, stored.get(0).metadata()),
            JobStatus.DONE,
            0,
            id.createdAt(),
            storedAt,
            Optional.of(storedAt),
            Optional.empty(),
            stored.stream().map(JobStore::fromObject).toList()));
  }

  private static StoredThumbnail fromObject(ObjectInfo object) {
    Map<String, String> metadata = object.metadata();
    return new StoredThumbnail(
        metadata.get(ThumbnailMetadata.RENDITION),
        OutputFormat.valueOf(metadata.get(ThumbnailMetadata.FORMAT)),
        Integer.parseInt(metadata.get(ThumbnailMetadata.WIDTH)),
        Integer.parseInt(metadata.get(ThumbnailMetadata.HEIGHT)),
        object.size());
  }
}

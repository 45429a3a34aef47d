package io.thumbnailer.job;

import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.storage.ObjectInfo;
import io.thumbnailer.storage.ObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Determines from object storage alone which jobs are done. A thumbnail is created once and never
 * overwritten, and all of a job's thumbnails are rendered before the first is stored. So a job
 * whose renditions all exist is done, whatever the queue says.
 */
public final class StoredThumbnails {
  /** More than the number of renditions a job can have. */
  private static final int PAGE = 100;

  private final ObjectStore objects;

  /** Uses the storage of the jobs. */
  public StoredThumbnails(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * A job that is done.
   *
   * @param description as stored with each thumbnail
   * @param thumbnails one for each rendition
   * @param storedAt when the last one was stored
   */
  record DoneJob(JobDescription description, List<StoredThumbnail> thumbnails, Instant storedAt) {}

  /**
   * The thumbnails of a job, in the order of its renditions; empty unless all exist.
   *
   * @throws io.thumbnailer.storage.StorageException if storage is unreachable
   */
  public Optional<List<StoredThumbnail>> allOf(JobDescription job) {
    return find(job.id()).map(DoneJob::thumbnails);
  }

  Optional<DoneJob> find(JobId id) {
    List<ObjectInfo> stored =
        objects.list(JobKeys.thumbnails(id), Optional.empty(), PAGE).objects().stream()
            .flatMap(listed -> objects.head(listed.key()).stream())
            .toList();
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    try {
      return done(JobDescription.fromProperties(id, stored.get(0).metadata()), stored);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not ours
    }
  }

  private static Optional<DoneJob> done(JobDescription job, List<ObjectInfo> stored) {
    Map<String, StoredThumbnail> byRendition =
        stored.stream()
            .map(StoredThumbnails::describe)
            .collect(Collectors.toMap(StoredThumbnail::rendition, t -> t, (one, same) -> one));
    List<StoredThumbnail> ordered =
        job.renditions().stream()
            .flatMap(rendition -> Optional.ofNullable(byRendition.get(rendition.name())).stream())
            .toList();
    if (ordered.size() < job.renditions().size()) {
      return Optional.empty();
    }
    Instant storedAt =
        stored.stream().map(ObjectInfo::lastModified).max(Instant::compareTo).orElseThrow();
    return Optional.of(new DoneJob(job, ordered, storedAt));
  }

  /**
   * Reads the metadata of a stored thumbnail.
   *
   * @throws IllegalArgumentException if the metadata is not that of a thumbnail
   */
  public static StoredThumbnail describe(ObjectInfo object) {
    Map<String, String> metadata = object.metadata();
    return new StoredThumbnail(
        required(metadata, ThumbnailMetadata.RENDITION),
        OutputFormat.valueOf(required(metadata, ThumbnailMetadata.FORMAT)),
        Integer.parseInt(required(metadata, ThumbnailMetadata.WIDTH)),
        Integer.parseInt(required(metadata, ThumbnailMetadata.HEIGHT)),
        object.size(),
        StoredThumbnail.parseWarnings(metadata.getOrDefault(ThumbnailMetadata.WARNINGS, "")));
  }

  private static String required(Map<String, String> metadata, String name) {
    String value = metadata.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the thumbnail has no " + name);
    }
    return value;
  }
}

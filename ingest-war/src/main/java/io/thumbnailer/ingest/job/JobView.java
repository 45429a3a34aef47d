package io.thumbnailer.ingest.job;

import io.thumbnailer.ingest.http.Links;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobStatus;
import io.thumbnailer.job.StoredThumbnail;
import io.thumbnailer.job.ThumbnailJob;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A job as shown to clients.
 *
 * @param id the job
 * @param status where it is
 * @param filename the client's name for the file
 * @param size of the original in bytes
 * @param width of the original as shown, in pixels
 * @param height of the original as shown, in pixels
 * @param format of the original
 * @param attempts number of attempts
 * @param createdAt when it was accepted
 * @param updatedAt when its status last changed
 * @param completedAt when it ended; missing until then
 * @param error why the job, or its last attempt, failed
 * @param warnings codes of what is wrong with the original although it is shown, such as {@code
 *     truncated}; empty for a sound image, and until the job is done
 * @param renditions the stored thumbnails, by name; empty until the job is done
 */
public record JobView(
    @Schema(format = "uuid") String id,
    JobStatus status,
    String filename,
    long size,
    int width,
    int height,
    String format,
    int attempts,
    Instant createdAt,
    Instant updatedAt,
    Instant completedAt,
    JobError error,
    List<String> warnings,
    Map<String, RenditionView> renditions) {

  /** For the API's description. */
  public static final String EXAMPLE =
      """
      {"id":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b","status":"DONE","filename":"photo.jpg",
       "size":3145728,"width":4000,"height":3000,"format":"jpeg","attempts":1,
       "createdAt":"2026-11-24T10:00:00.123Z","updatedAt":"2026-11-24T10:00:01.456Z",
       "completedAt":"2026-11-24T10:00:01.456Z",
       "warnings":[],"renditions":{"small":{"width":128,"height":96,"bytes":3120,"contentType":"image/jpeg",
         "url":"/thumbnails/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/small"}}}\
      """;

  /**
   * Why a job failed.
   *
   * @param code stable and machine-readable
   * @param detail one sentence for a human reader
   */
  public record JobError(String code, String detail) {}

  /**
   * A stored thumbnail.
   *
   * @param width in pixels
   * @param height in pixels
   * @param bytes size of the file
   * @param contentType its media type
   * @param url where it is
   */
  public record RenditionView(int width, int height, long bytes, String contentType, String url) {}

  /** The view of a job. */
  public static JobView of(ThumbnailJob job) {
    JobDescription description = job.description();
    String id = description.id().toString();
    Map<String, RenditionView> renditions = new LinkedHashMap<>();
    for (StoredThumbnail stored : job.thumbnails()) {
      renditions.put(
          stored.rendition(),
          new RenditionView(
              stored.width(),
              stored.height(),
              stored.bytes(),
              stored.format().contentType(),
              Links.thumbnail(id, stored.rendition())));
    }
    return new JobView(
        id,
        job.status(),
        description.filename(),
        description.size(),
        description.width(),
        description.height(),
        description.format().name().toLowerCase(Locale.ROOT),
        job.attempts(),
        job.createdAt(),
        job.updatedAt(),
        job.completedAt().orElse(null),
        job.failure().map(f -> new JobError(f.code(), f.detail())).orElse(null),
        job.warnings(),
        renditions);
  }
}

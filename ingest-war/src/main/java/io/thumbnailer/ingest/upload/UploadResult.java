package io.thumbnailer.ingest.upload;

import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.ingest.http.Links;
import io.thumbnailer.ingest.http.Problem;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobStatus;
import io.thumbnailer.job.ThumbnailJob;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of one uploaded file: a job, or a problem.
 *
 * @param id the job
 * @param status the job's current status
 * @param filename the client's name for the file
 * @param size in bytes
 * @param width as shown, in pixels
 * @param height as shown, in pixels
 * @param format of the file, by its first bytes
 * @param links related resources
 * @param problem why the file was refused; all other fields except {@code filename} are then absent
 */
@Schema(description = "One uploaded file: a job, or the problem with it")
public record UploadResult(
    @Schema(format = "uuid") String id,
    JobStatus status,
    String filename,
    Long size,
    Integer width,
    Integer height,
    String format,
    UploadLinks links,
    Problem problem) {

  /**
   * Related resources.
   *
   * @param self the job
   * @param events the job's event stream
   * @param thumbnails by rendition; available once the job is done
   */
  public record UploadLinks(String self, String events, Map<String, String> thumbnails) {}

  static UploadResult accepted(JobDescription job) {
    return of(job, JobStatus.QUEUED);
  }

  public static UploadResult of(ThumbnailJob job) {
    return of(job.description(), job.status());
  }

  private static UploadResult of(JobDescription job, JobStatus status) {
    String id = job.id().toString();
    Map<String, String> thumbnails = new LinkedHashMap<>();
    for (Rendition rendition : job.renditions()) {
      thumbnails.put(rendition.name(), Links.thumbnail(id, rendition.name()));
    }
    return new UploadResult(
        id,
        status,
        job.filename(),
        job.size(),
        job.width(),
        job.height(),
        job.format().name().toLowerCase(Locale.ROOT),
        new UploadLinks(Links.job(id), Links.events(id), thumbnails),
        null);
  }

  static UploadResult refused(String filename, Problem problem) {
    return new UploadResult(null, null, filename, null, null, null, null, null, problem);
  }
}

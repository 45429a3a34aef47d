package io.thumbnailer.ingest.upload;

import io.thumbnailer.imaging.ImageProbe;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.ingest.upload.receive.IngestSettings;
import io.thumbnailer.ingest.upload.receive.ReceivedFile;
import io.thumbnailer.job.JobDescription;
import io.thumbnailer.job.JobId;
import io.thumbnailer.messaging.Priority;
import java.util.List;

/** Decides by a file's bytes whether it becomes a job. */
public final class UploadAdmission {
  private final IngestSettings settings;
  private final ImageProbe probe;

  public UploadAdmission(IngestSettings settings, ImageProbe probe) {
    this.settings = settings;
    this.probe = probe;
  }

  /**
   * Describes the job, or throws {@link ProblemException} if the file is not an acceptable image.
   */
  public JobDescription admit(
      JobId id, ReceivedFile file, List<Rendition> renditions, Priority priority) {
    try {
      ImageHeader header =
          probe.admit(
              file.content(), renditions, settings.budget(), settings.probing().decodeMemory());
      return new JobDescription(
          id,
          file.label(),
          file.size(),
          header.format(),
          header.displayWidth(),
          header.displayHeight(),
          file.sha256(),
          renditions,
          priority);
    } catch (ImagingException e) {
      throw new ProblemException(codeOf(e.reason()), e.getMessage(), e);
    }
  }

  private static ProblemCode codeOf(ImagingException.Reason reason) {
    return switch (reason) {
      case UNSUPPORTED_TYPE -> ProblemCode.UNSUPPORTED_TYPE;
      case UNREADABLE_IMAGE -> ProblemCode.UNREADABLE_IMAGE;
      case TRUNCATED_IMAGE -> ProblemCode.TRUNCATED_IMAGE;
      case TOO_MANY_PIXELS -> ProblemCode.TOO_MANY_PIXELS;
    };
  }
}

package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.lifecycle.StartTask;
import io.thumbnailer.job.JobStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.JsonbBuilder;
import java.util.List;
import java.util.Map;

/**
 * Writes an answer to an upload before the first request, because JSON-B loads several hundred
 * classes for it.
 */
@ApplicationScoped
public class AnswerWarmUp implements StartTask {
  private static final UploadResult EXAMPLE =
      new UploadResult(
          "019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
          JobStatus.QUEUED,
          "photo.jpg",
          1L,
          1,
          1,
          "jpeg",
          new UploadResult.UploadLinks("/jobs", "/events", Map.of("small", "/thumbnails")),
          null);

  @Override
  public void start() {
    var unused = JsonbBuilder.create().toJson(new UploadResponse(List.of(EXAMPLE)));
  }
}

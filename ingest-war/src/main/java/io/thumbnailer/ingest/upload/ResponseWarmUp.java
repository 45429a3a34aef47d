package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.JobParameter;
import io.thumbnailer.ingest.lifecycle.StartTask;
import io.thumbnailer.job.JobStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.JsonbBuilder;
import java.util.List;
import java.util.Map;

/**
 * Serializes a response to an upload before the first request, because JSON-B loads several hundred
 * classes for it.
 */
@ApplicationScoped
public class ResponseWarmUp implements StartTask {
  private static final UploadResult EXAMPLE =
      new UploadResult(
          JobParameter.EXAMPLE,
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

package io.thumbnailer.ingest.upload;

import io.thumbnailer.ingest.http.Links;
import java.util.List;

/**
 * The response to an upload.
 *
 * @param jobs one entry per file, in the order of the files
 */
public record UploadResponse(List<UploadResult> jobs) {
  public static final String EXAMPLE =
      """
      {"jobs":[
        {"id":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b","status":"QUEUED","filename":"photo.jpg",
         "size":3145728,"width":4000,"height":3000,"format":"jpeg",
         "links":{"self":"/jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b",
           "events":"/jobs/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/events",
           "thumbnails":{"small":"/thumbnails/019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b/small"}}},
        {"filename":"notes.txt","problem":{"type":"about:blank","title":"Unsupported type",
         "status":415,"code":"unsupported-type","detail":"the first bytes do not match any known image format"}}
      ]}""";

  /** The URL of the first accepted job; there must be one. */
  String location() {
    return jobs.stream()
        .filter(job -> job.problem() == null)
        .findFirst()
        .map(job -> Links.job(job.id()))
        .orElseThrow();
  }

  public UploadResponse {
    jobs = List.copyOf(jobs);
  }
}

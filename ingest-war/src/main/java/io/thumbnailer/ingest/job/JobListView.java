package io.thumbnailer.ingest.job;

import io.thumbnailer.job.JobId;
import io.thumbnailer.job.JobPage;
import java.util.List;

/**
 * A page of jobs, newest first.
 *
 * @param jobs at most the requested number
 * @param nextCursor start of the next page; absent on the last page
 */
public record JobListView(List<JobView> jobs, String nextCursor) {
  static final String EXAMPLE =
      """
      {"jobs":[
        {"id":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b","status":"FAILED","filename":"photo.jpg",
         "size":3145728,"width":4000,"height":3000,"format":"jpeg","attempts":1,
         "createdAt":"2026-11-24T10:00:00.123Z","updatedAt":"2026-11-24T10:00:01.456Z",
         "completedAt":"2026-11-24T10:00:01.456Z",
         "error":{"code":"unreadable-image","detail":"the image data ends too soon"},
         "renditions":{}}],
       "nextCursor":"019a1b2c-3d4e-7f56-8a9b-0c1d2e3f4a5b"}""";

  public JobListView {
    jobs = List.copyOf(jobs);
  }

  static JobListView of(JobPage page) {
    return new JobListView(
        page.jobs().stream().map(JobView::of).toList(),
        page.nextCursor().map(JobId::toString).orElse(null));
  }
}

package io.thumbnailer.job;

import java.util.List;
import java.util.Optional;

/**
 * A page of jobs.
 *
 * @param jobs at most the requested number
 * @param nextCursor present if there are more
 */
public record JobPage(List<ThumbnailJob> jobs, Optional<JobId> nextCursor) {
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}

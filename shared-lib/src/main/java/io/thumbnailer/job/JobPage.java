package io.thumbnailer.job;

import java.util.List;
import java.util.Optional;

/**
 * A page of jobs.
 *
 * @param jobs at most as many as were asked for
 * @param nextCursor present when there are more
 */
public record JobPage(List<ThumbnailJob> jobs, Optional<JobId> nextCursor) {
  /** Takes a copy. */
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}

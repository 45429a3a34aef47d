package io.thumbnailer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import io.thumbnailer.cli.service.Service;
import java.time.Duration;
import java.util.function.Consumer;

/** Requests a job until it has ended, less and less often while nothing changes. */
final class JobFollower {
  private static final long FIRST_POLL_MILLIS = 200;
  private static final long LONGEST_POLL_MILLIS = 2000;

  private final Service service;
  private final Duration timeout;

  /**
   * Follows jobs of one service.
   *
   * @param timeout for each, from its first request
   */
  JobFollower(Service service, Duration timeout) {
    this.service = service;
    this.timeout = timeout;
  }

  /** Waits for the end of a job. */
  JsonNode awaitEnd(String id) throws CliException, InterruptedException {
    return awaitEnd(id, job -> {});
  }

  /**
   * Waits for the end of a job.
   *
   * @param onChange receives the job's first state, and then its state after each observed change
   */
  JsonNode awaitEnd(String id, Consumer<JsonNode> onChange)
      throws CliException, InterruptedException {
    return awaitEnd(id, new JobChanges(onChange), System.nanoTime() + timeout.toNanos());
  }

  /** Waits for the end of a job until a deadline of {@link System#nanoTime}. */
  JsonNode awaitEnd(String id, JobChanges changes, long deadline)
      throws CliException, InterruptedException {
    long pause = FIRST_POLL_MILLIS;
    while (true) {
      JsonNode job = service.job(id);
      if (changes.show(job)) {
        pause = FIRST_POLL_MILLIS;
      }
      if (JobText.hasEnded(job)) {
        return job;
      }
      if (System.nanoTime() - deadline > 0) {
        throw timedOut(id);
      }
      Thread.sleep(pause);
      pause = Math.min(LONGEST_POLL_MILLIS, pause * 3 / 2);
    }
  }

  CliException timedOut(String id) {
    return new CliException(
        ExitCode.TIMED_OUT,
        "timed-out",
        "job %s has not ended within %d s; the service continues with it"
            .formatted(id, timeout.toSeconds()));
  }
}

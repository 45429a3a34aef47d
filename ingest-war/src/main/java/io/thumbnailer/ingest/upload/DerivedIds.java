package io.thumbnailer.ingest.upload;

import io.thumbnailer.digest.Sha256;
import io.thumbnailer.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The job ids of an upload with an {@code Idempotency-Key}: they are derived from the caller, the
 * key and the minute, so that a repeated upload can find the first one's jobs in storage.
 *
 * @param caller whose key it is
 * @param key as the client sent it
 * @param count how many ids the upload needs
 */
record DerivedIds(String caller, String key, int count) {
  /** An id begins with its time, here rounded down to the minute. */
  private static final Duration STEP = Duration.ofMinutes(1);

  /** How far back to look for an earlier attempt, in steps. */
  private static final int STEPS_BACK = 10;

  /** The ids of an upload at a moment, one for each part. */
  List<JobId> at(Instant time) {
    Instant step = Instant.ofEpochMilli(time.toEpochMilli() / STEP.toMillis() * STEP.toMillis());
    return IntStream.range(0, count).mapToObj(part -> JobId.derived(step, digest(part))).toList();
  }

  /** The ids that an earlier attempt may have had, latest first. */
  List<List<JobId>> recent(Instant now) {
    return IntStream.rangeClosed(0, STEPS_BACK)
        .mapToObj(back -> at(now.minus(STEP.multipliedBy(back))))
        .toList();
  }

  private byte[] digest(int part) {
    return Sha256.of(part + "\n" + caller + "\n" + key);
  }
}

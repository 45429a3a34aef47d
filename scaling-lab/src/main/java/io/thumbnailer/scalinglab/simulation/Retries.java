package io.thumbnailer.scalinglab.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Which attempts fail, and when they are retried; for a seed the same under every policy. */
final class Retries {
  /** The first back-off (THUMBNAILER_WORKER_RETRY_BASE); it doubles, with full jitter. */
  private static final double BASE_SECONDS = 1;

  private final double failedShare;
  private final long seed;
  private final Map<Integer, Integer> failed = new HashMap<>();
  private int waiting;

  Retries(double failedShare, long seed) {
    this.failedShare = failedShare;
    this.seed = seed;
  }

  /**
   * An attempt at a job has ended.
   *
   * @return the delay until the next attempt in seconds, or -1 if this one has succeeded
   */
  double delayAfter(int job) {
    if (failedShare == 0) {
      return -1;
    }
    int earlier = failed.getOrDefault(job, 0);
    SplittableRandom random =
        new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (31L * job + earlier));
    if (random.nextDouble() >= failedShare) {
      return -1;
    }
    failed.put(job, earlier + 1);
    waiting++;
    return random.nextDouble() * BASE_SECONDS * (1L << Math.min(earlier, 6));
  }

  /** A job is in the queue again. */
  void returned() {
    waiting--;
  }

  /** The number of jobs that wait for their next attempt. */
  int waiting() {
    return waiting;
  }
}

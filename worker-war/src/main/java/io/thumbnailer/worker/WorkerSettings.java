package io.thumbnailer.worker;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.messaging.RetryPolicy;
import java.time.Duration;

/**
 * The configuration of a worker.
 *
 * @param concurrency jobs processed at the same time, at least 1
 * @param heartbeat how often a lease is renewed
 * @param lease time without renewal after which another worker takes over
 * @param retryPolicy for transient failures
 * @param shutdownGrace time for jobs in flight when the server stops
 * @param budget for the pixels of one image
 * @param decodeTimeout for one image
 * @param imageMemory bytes for all decodes at the same time
 * @param reconcileInterval pause between two runs of the reconciler, across all workers
 * @param reconcileAge the age from which on the reconciler considers an original
 * @param podDeletionCost whether the number of running jobs is reported to Kubernetes
 */
public record WorkerSettings(
    int concurrency,
    Duration heartbeat,
    Duration lease,
    RetryPolicy retryPolicy,
    Duration shutdownGrace,
    PixelBudget budget,
    Duration decodeTimeout,
    long imageMemory,
    Duration reconcileInterval,
    Duration reconcileAge,
    boolean podDeletionCost) {

  /** While one job waits for storage, another one computes. */
  private static final int JOBS_PER_PROCESSOR = 2;

  /** The key of {@link #podDeletionCost}. */
  static final String POD_DELETION_COST = "thumbnailer.worker.pod-deletion-cost";

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  public static WorkerSettings from(SettingsReader settings) {
    int concurrency = settings.count("thumbnailer.worker.concurrency", 0, 0, 256);
    Duration heartbeat =
        settings.duration(
            "thumbnailer.worker.heartbeat",
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofMinutes(5));
    Duration lease =
        settings.duration(
            "thumbnailer.worker.lease",
            Duration.ofSeconds(15),
            Duration.ofMillis(200),
            Duration.ofHours(1));
    if (lease.compareTo(heartbeat.multipliedBy(2)) < 0) {
      throw new InvalidSettingException(
          "thumbnailer.worker.lease", "must be at least two heartbeats (" + heartbeat + " each)");
    }
    return new WorkerSettings(
        concurrency == 0
            ? JOBS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors()
            : concurrency,
        heartbeat,
        lease,
        retryPolicy(settings),
        settings.duration(
            "thumbnailer.worker.shutdown-grace",
            Duration.ofSeconds(20),
            Duration.ZERO,
            // Liberty's own quiesce stage ends after 30 s, and the hand-back needs some of it.
            Duration.ofSeconds(25)),
        new PixelBudget(
            settings.wholeNumber("thumbnailer.image.max-pixels", 100_000_000, 1, 1L << 31)),
        settings.duration(
            "thumbnailer.image.decode-timeout",
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofMinutes(30)),
        settings.wholeNumber(
            "thumbnailer.image.memory",
            Runtime.getRuntime().maxMemory() / 2,
            1L << 20,
            Long.MAX_VALUE),
        settings.duration(
            "thumbnailer.reconciler.interval",
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofDays(1)),
        settings.duration(
            "thumbnailer.reconciler.min-age",
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ofDays(1)),
        settings.flag(POD_DELETION_COST, false));
  }

  private static RetryPolicy retryPolicy(SettingsReader settings) {
    Duration base =
        settings.duration(
            "thumbnailer.worker.retry-base",
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ofHours(1));
    Duration cap =
        settings.duration(
            "thumbnailer.worker.retry-cap",
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ofDays(1));
    if (cap.compareTo(base) < 0) {
      throw new InvalidSettingException(
          "thumbnailer.worker.retry-cap", "must not be less than thumbnailer.worker.retry-base");
    }
    return new RetryPolicy(
        settings.count("thumbnailer.worker.max-attempts", 5, 1, 100),
        base,
        cap,
        settings.count("thumbnailer.worker.max-lost-deliveries", 2, 1, 100));
  }
}

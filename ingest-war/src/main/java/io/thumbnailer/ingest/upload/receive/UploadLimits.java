package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import java.time.Duration;

/**
 * Limits of all uploads of this server together, and of the duration of one.
 *
 * @param maxConcurrent uploads in work at the same time, 1 or more
 * @param maxConcurrentPerCaller of them, 1 or more
 * @param maxDiskBytes of their temporary files; a file of the largest size fits
 * @param maxDuration from the first byte of a request's body to the last
 */
public record UploadLimits(
    int maxConcurrent, int maxConcurrentPerCaller, long maxDiskBytes, Duration maxDuration) {
  private static final String DISK = "thumbnailer.upload.max-disk-bytes";
  private static final long DEFAULT_DISK = 1L << 30;

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  static UploadLimits from(SettingsReader settings, long maxBytes) {
    long disk =
        settings.wholeNumber(DISK, Math.max(DEFAULT_DISK, maxBytes), 1, Long.MAX_VALUE >> 1);
    if (disk < maxBytes) {
      throw new InvalidSettingException(
          DISK, disk + " is less than thumbnailer.upload.max-bytes, " + maxBytes);
    }
    int concurrent = settings.count("thumbnailer.upload.max-concurrent", 256, 1, 100_000);
    return new UploadLimits(
        concurrent,
        settings.count(
            "thumbnailer.upload.max-concurrent-per-caller", (concurrent + 1) / 2, 1, 100_000),
        disk,
        settings.duration(
            "thumbnailer.upload.max-duration",
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofHours(12)));
  }
}

package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.job.RenditionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration of ingest.
 *
 * @param maxBytes of one file
 * @param maxFiles in one request
 * @param directory for temporary files; exists and is writable
 * @param budget for the pixels of one image
 * @param probing how the headers of received files are read
 * @param renditions that clients can request
 * @param directUploadValidity how long the presigned URL of a direct upload is valid
 * @param maxBacklog number of jobs in the queue from which uploads are refused
 * @param idempotencyRetention how long the answer to an {@code Idempotency-Key} is kept
 * @param limits of all uploads together
 */
public record IngestSettings(
    long maxBytes,
    int maxFiles,
    Path directory,
    PixelBudget budget,
    ProbeSettings probing,
    RenditionSettings renditions,
    Duration directUploadValidity,
    long maxBacklog,
    Duration idempotencyRetention,
    UploadLimits limits) {

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  public static IngestSettings from(SettingsReader settings) {
    long maxBytes = settings.wholeNumber("thumbnailer.upload.max-bytes", 25L << 20, 1, 5L << 30);
    return new IngestSettings(
        maxBytes,
        settings.count("thumbnailer.upload.max-files", 20, 1, 1000),
        writableDirectory(
            "thumbnailer.upload.directory",
            settings
                .text("thumbnailer.upload.directory")
                .orElseGet(() -> System.getProperty("java.io.tmpdir"))),
        new PixelBudget(
            settings.wholeNumber("thumbnailer.image.max-pixels", 100_000_000, 1, 1L << 31)),
        ProbeSettings.from(settings),
        RenditionSettings.from(settings),
        settings.duration(
            "thumbnailer.direct-upload.validity",
            Duration.ofMinutes(15),
            Duration.ofMinutes(1),
            Duration.ofHours(12)),
        settings.wholeNumber("thumbnailer.queue.max-backlog", 100_000, 1, 100_000_000),
        settings.duration(
            "thumbnailer.upload.idempotency-retention",
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofDays(30)),
        UploadLimits.from(settings, maxBytes));
  }

  private static Path writableDirectory(String key, String value) {
    Path directory = Path.of(value);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new InvalidSettingException(key, "cannot create " + directory);
    }
    if (!Files.isWritable(directory)) {
      throw new InvalidSettingException(key, directory + " is not writable");
    }
    return directory;
  }

  /**
   * The largest request body that is read: all files of the largest size, and their headers, but
   * never more than all uploads together may use.
   */
  public long maxRequestBytes() {
    return Math.min(
        Math.addExact(Math.multiplyExact(maxBytes, maxFiles), 1L << 20), limits.maxDiskBytes());
  }
}

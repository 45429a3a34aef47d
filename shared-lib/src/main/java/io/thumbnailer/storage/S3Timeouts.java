package io.thumbnailer.storage;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Gives calls that move many bytes more time than the client's, which are for an answer alone. A
 * transfer that stands still is ended by the socket's time-out long before.
 */
final class S3Timeouts {
  /** A body up to this size is part of any request. */
  private static final long SMALL = 256 * 1024;

  /** The slowest link that is waited for: 512 KiB a second. */
  private static final long BYTES_PER_SECOND = 512 * 1024;

  private static final Duration DOWNLOAD = Duration.ofMinutes(2);

  private final S3Settings settings;

  S3Timeouts(S3Settings settings) {
    this.settings = settings;
  }

  /** Empty when the client's own are enough. */
  Optional<AwsRequestOverrideConfiguration> forBody(RequestBody body) {
    long bytes = body.optionalContentLength().orElse(0L);
    return bytes <= SMALL
        ? Optional.empty()
        : Optional.of(plus(Duration.ofSeconds(1 + bytes / BYTES_PER_SECOND)));
  }

  /** For a body whose size is not known before. */
  AwsRequestOverrideConfiguration forDownload() {
    return plus(DOWNLOAD);
  }

  private AwsRequestOverrideConfiguration plus(Duration transfer) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallAttemptTimeout(settings.apiCallAttemptTimeout().plus(transfer))
        .apiCallTimeout(settings.apiCallTimeout().plus(transfer))
        .build();
  }
}

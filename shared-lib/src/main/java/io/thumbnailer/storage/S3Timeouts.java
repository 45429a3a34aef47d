package io.thumbnailer.storage;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Extends the client's time-outs, which are meant for small requests, for calls that transfer many
 * bytes. The socket's time-out ends a stalled transfer much earlier.
 */
final class S3Timeouts {
  /** Bodies up to this size need no extra time. */
  private static final long SMALL = 256 * 1024;

  /** The slowest supported link: 512 KiB per second. */
  private static final long BYTES_PER_SECOND = 512 * 1024;

  private static final Duration DOWNLOAD = Duration.ofMinutes(2);

  private final S3Settings settings;

  S3Timeouts(S3Settings settings) {
    this.settings = settings;
  }

  /** Empty if the client's own time-outs are sufficient. */
  Optional<AwsRequestOverrideConfiguration> forBody(RequestBody body) {
    long bytes = body.optionalContentLength().orElse(0L);
    return bytes <= SMALL
        ? Optional.empty()
        : Optional.of(plus(Duration.ofSeconds(1 + bytes / BYTES_PER_SECOND)));
  }

  /** For a body whose size is not known in advance. */
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

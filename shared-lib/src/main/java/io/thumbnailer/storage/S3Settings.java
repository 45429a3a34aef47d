package io.thumbnailer.storage;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How S3 is reached.
 *
 * @param bucket holds everything
 * @param region of the bucket
 * @param endpoint of another server of the S3 protocol; empty for AWS
 * @param credentials fixed ones; empty for AWS's default chain
 * @param callTimeout for one call with its retries
 * @param maxConnections open at the same time
 */
public record S3Settings(
    String bucket,
    String region,
    Optional<URI> endpoint,
    Optional<Credentials> credentials,
    Duration callTimeout,
    int maxConnections) {

  /**
   * Fixed credentials.
   *
   * @param accessKeyId public part
   * @param secretAccessKey secret part
   * @param sessionToken of temporary credentials
   */
  public record Credentials(
      String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
    @Override
    public String toString() {
      return "Credentials[" + accessKeyId + "]";
    }
  }
}

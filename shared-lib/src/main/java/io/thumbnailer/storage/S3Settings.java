package io.thumbnailer.storage;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The bucket, and time-outs and retries for it.
 *
 * @param bucket its name, not blank
 * @param region empty to use AWS's default chain
 * @param endpointOverride the address of an S3-compatible server; empty for AWS
 * @param pathStyle whether the bucket is in the path instead of the host name
 * @param credentials empty to use AWS's default chain: environment, IRSA, Pod Identity, instance
 * @param connectTimeout for one TCP connection, positive
 * @param apiCallAttemptTimeout for one attempt without the transfer of a body, and for silence in a
 *     transfer, positive
 * @param apiCallTimeout for one operation with all its attempts, without the transfer of a body,
 *     positive
 * @param maxConnections 1 or more; as many operations can run at the same time
 * @param maxRetries 0 or more, after the first attempt
 */
public record S3Settings(
    String bucket,
    Optional<String> region,
    Optional<URI> endpointOverride,
    boolean pathStyle,
    Optional<Credentials> credentials,
    Duration connectTimeout,
    Duration apiCallAttemptTimeout,
    Duration apiCallTimeout,
    int maxConnections,
    int maxRetries) {

  /**
   * Fixed keys.
   *
   * @param accessKey not blank
   * @param secretKey not blank; never printed
   * @param sessionToken present for temporary keys; never printed
   */
  public record Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {
    /** Keys that do not expire. */
    public Credentials(String accessKey, String secretKey) {
      this(accessKey, secretKey, Optional.empty());
    }

    public Credentials {
      requireText(accessKey, "accessKey");
      requireText(secretKey, "secretKey");
    }

    @Override
    public String toString() {
      return "Credentials[accessKey=" + accessKey + ", secretKey=***, sessionToken=***]";
    }
  }

  /** Throws {@link IllegalArgumentException} if a value is out of range. */
  public S3Settings {
    requireText(bucket, "bucket");
    requirePositive(connectTimeout, "connectTimeout");
    requirePositive(apiCallAttemptTimeout, "apiCallAttemptTimeout");
    requirePositive(apiCallTimeout, "apiCallTimeout");
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections must be 1 or more: " + maxConnections);
    }
    if (maxRetries < 0) {
      throw new IllegalArgumentException("maxRetries must be 0 or more: " + maxRetries);
    }
  }

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  public static S3Settings from(SettingsReader settings) {
    Optional<URI> endpoint =
        settings.uri("thumbnailer.s3.endpoint", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
    return new S3Settings(
        settings.requiredText("thumbnailer.s3.bucket", "AWS_S3_BUCKET_NAME"),
        settings.text("thumbnailer.s3.region", "AWS_REGION"),
        endpoint,
        endpoint.isPresent(),
        credentials(settings),
        timeout(settings, "thumbnailer.s3.connect-timeout", Duration.ofSeconds(2)),
        timeout(settings, "thumbnailer.s3.attempt-timeout", Duration.ofSeconds(3)),
        timeout(settings, "thumbnailer.s3.call-timeout", Duration.ofSeconds(6)),
        settings.count("thumbnailer.s3.max-connections", 50, 1, 10_000),
        settings.count("thumbnailer.s3.max-retries", 2, 0, 20));
  }

  private static Duration timeout(SettingsReader settings, String key, Duration defaultValue) {
    return settings.duration(key, defaultValue, Duration.ofMillis(100), Duration.ofMinutes(30));
  }

  private static Optional<Credentials> credentials(SettingsReader settings) {
    String key = "thumbnailer.s3.access-key-id";
    Optional<String> id = settings.text(key, "AWS_ACCESS_KEY_ID");
    Optional<String> secret =
        settings.text("thumbnailer.s3.secret-access-key", "AWS_SECRET_ACCESS_KEY");
    if (id.isPresent() != secret.isPresent()) {
      throw new InvalidSettingException(key, "must be set together with the secret access key");
    }
    return id.map(i -> new Credentials(i, secret.get(), settings.text("AWS_SESSION_TOKEN")));
  }

  /**
   * A bucket with the default time-outs; path style if and only if there is an endpoint override.
   */
  public static S3Settings of(
      String bucket,
      Optional<String> region,
      Optional<URI> endpointOverride,
      Optional<Credentials> credentials) {
    return new S3Settings(
        bucket,
        region,
        endpointOverride,
        endpointOverride.isPresent(),
        credentials,
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        Duration.ofSeconds(6),
        50,
        2);
  }

  /** Returns a copy with other time limits and number of retries. */
  public S3Settings withTimeouts(
      Duration connect, Duration attempt, Duration call, int newMaxRetries) {
    return new S3Settings(
        bucket,
        region,
        endpointOverride,
        pathStyle,
        credentials,
        connect,
        attempt,
        call,
        maxConnections,
        newMaxRetries);
  }

  private static void requireText(String text, String name) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
  }
}

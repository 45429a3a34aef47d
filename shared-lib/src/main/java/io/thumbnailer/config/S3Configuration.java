package io.thumbnailer.config;

import io.thumbnailer.storage.S3Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Reads how S3 is reached. The AWS tools' own environment names are aliases. */
public final class S3Configuration {
  private S3Configuration() {}

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
        patience(settings, "thumbnailer.s3.connect-timeout", Duration.ofSeconds(2)),
        patience(settings, "thumbnailer.s3.attempt-timeout", Duration.ofSeconds(20)),
        patience(settings, "thumbnailer.s3.call-timeout", Duration.ofSeconds(45)),
        settings.count("thumbnailer.s3.max-connections", 50, 1, 10_000),
        settings.count("thumbnailer.s3.max-retries", 2, 0, 20));
  }

  private static Duration patience(SettingsReader settings, String key, Duration defaultValue) {
    return settings.duration(key, defaultValue, Duration.ofMillis(100), Duration.ofMinutes(30));
  }

  private static Optional<S3Settings.Credentials> credentials(SettingsReader settings) {
    String key = "thumbnailer.s3.access-key-id";
    Optional<String> id = settings.text(key, "AWS_ACCESS_KEY_ID");
    Optional<String> secret =
        settings.text("thumbnailer.s3.secret-access-key", "AWS_SECRET_ACCESS_KEY");
    if (id.isPresent() != secret.isPresent()) {
      throw new InvalidSettingException(key, "goes together with the secret access key");
    }
    return id.map(
        i -> new S3Settings.Credentials(i, secret.get(), settings.text("AWS_SESSION_TOKEN")));
  }
}

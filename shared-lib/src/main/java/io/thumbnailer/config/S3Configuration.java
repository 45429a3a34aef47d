package io.thumbnailer.config;

import io.thumbnailer.storage.S3Settings;
import java.time.Duration;
import java.util.Optional;

/** Reads how S3 is reached. The AWS tools' own environment names are aliases. */
public final class S3Configuration {
  private S3Configuration() {}

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  public static S3Settings from(SettingsReader settings) {
    return new S3Settings(
        settings.requiredText("thumbnailer.s3.bucket", "AWS_S3_BUCKET_NAME"),
        settings.text("thumbnailer.s3.region", "AWS_REGION").orElse("us-east-1"),
        settings.uri("thumbnailer.s3.endpoint", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
        credentials(settings),
        settings.duration(
            "thumbnailer.s3.call-timeout",
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            Duration.ofMinutes(30)),
        settings.count("thumbnailer.s3.max-connections", 50, 1, 10_000));
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

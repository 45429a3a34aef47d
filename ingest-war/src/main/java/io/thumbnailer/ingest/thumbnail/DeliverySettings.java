package io.thumbnailer.ingest.thumbnail;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The configuration of delivery.
 *
 * @param mode who sends the bytes
 * @param cdnBaseUrl prefix of a thumbnail's key, without a trailing slash; present in mode CDN
 * @param presignedTtl how long a presigned URL is valid, in mode PRESIGNED
 */
record DeliverySettings(Mode mode, Optional<URI> cdnBaseUrl, Duration presignedTtl) {
  private static final String MODE = "thumbnailer.delivery.mode";
  private static final String CDN = "thumbnailer.delivery.cdn-base-url";
  private static final Pattern BASE_URL =
      Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?");

  /** Who sends the bytes of a thumbnail. */
  enum Mode {
    /** This server. */
    PROXY,
    /** Storage, through a presigned URL. */
    PRESIGNED,
    /** A content delivery network in front of storage. */
    CDN
  }

  /** Reads and checks the settings; throws {@link InvalidSettingException}. */
  static DeliverySettings from(SettingsReader settings) {
    Mode mode = mode(settings.text(MODE).orElse("proxy"));
    Optional<URI> base = settings.text(CDN).map(DeliverySettings::baseUrl);
    if (mode == Mode.CDN && base.isEmpty()) {
      throw new InvalidSettingException(CDN, "is required with " + MODE + "=cdn");
    }
    return new DeliverySettings(
        mode,
        base,
        settings.duration(
            "thumbnailer.delivery.presigned-ttl",
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofHours(12)));
  }

  private static Mode mode(String value) {
    return switch (value) {
      case "proxy" -> Mode.PROXY;
      case "presigned" -> Mode.PRESIGNED;
      case "cdn" -> Mode.CDN;
      default -> throw new InvalidSettingException(MODE, "must be proxy, presigned or cdn");
    };
  }

  private static URI baseUrl(String value) {
    if (BASE_URL.matcher(value).matches()) {
      URI uri = URI.create(value.replaceAll("/+$", ""));
      if (uri.getHost() != null) {
        return uri;
      }
    }
    throw new InvalidSettingException(CDN, "must be a URL such as https://cdn.example.com/path");
  }
}

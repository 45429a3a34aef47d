package io.thumbnailer.ingest.http.cors;

import io.thumbnailer.config.InvalidSettingException;
import io.thumbnailer.config.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The other origins that may call the API.
 *
 * @param origins each exactly as browsers send it; may be empty
 */
record AllowedOrigins(Set<String> origins) {
  private static final String KEY = "thumbnailer.cors.origins";

  AllowedOrigins {
    origins = Set.copyOf(origins);
  }

  /** Reads and checks the setting; throws {@link InvalidSettingException}. */
  static AllowedOrigins from(SettingsReader settings) {
    return new AllowedOrigins(
        settings.text(KEY).stream()
            .flatMap(list -> Arrays.stream(list.split(",", -1)))
            .map(String::strip)
            .map(AllowedOrigins::check)
            .collect(Collectors.toSet()));
  }

  /** Whether no other origin is allowed. */
  boolean isEmpty() {
    return origins.isEmpty();
  }

  /** Whether an {@code Origin} header, which may be null, is allowed. */
  boolean include(String origin) {
    return origin != null && origins.contains(origin);
  }

  /** Accepts only what a browser would send: anything else would never match, or match too much. */
  private static String check(String origin) {
    try {
      URI uri = new URI(origin);
      if (uri.getHost() != null && origin.equals(serialize(uri))) {
        return origin;
      }
    } catch (URISyntaxException e) {
      // reported below
    }
    throw new InvalidSettingException(
        KEY,
        "'"
            + origin
            + "' is not an origin in lower case, for example"
            + " https://app.example.com");
  }

  private static String serialize(URI uri) {
    String scheme = String.valueOf(uri.getScheme());
    int usual =
        switch (scheme) {
          case "http" -> 80;
          case "https" -> 443;
          default -> throw new InvalidSettingException(KEY, "an origin must use http or https");
        };
    String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
  }
}

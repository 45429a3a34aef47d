package io.thumbnailer.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * Reads settings by key and checks their range. A key may have an alias, such as the environment
 * names of the AWS tools; the key itself takes precedence.
 */
public final class SettingsReader {
  private final Config config;

  public SettingsReader(Config config) {
    this.config = config;
  }

  /** A required text. */
  public String requiredText(String key, String alias) {
    return text(key, alias)
        .orElseThrow(() -> new InvalidSettingException(key, "is required (or " + alias + ")"));
  }

  /** An optional text; surrounding blanks are removed, and a blank text counts as missing. */
  public Optional<String> text(String key, String... aliases) {
    Optional<String> value = single(key);
    for (int i = 0; value.isEmpty() && i < aliases.length; i++) {
      value = single(aliases[i]);
    }
    return value;
  }

  /** A whole number within a range, both ends included. */
  public long wholeNumber(String key, long defaultValue, long min, long max) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return defaultValue;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below, with the range
    }
    throw new InvalidSettingException(
        key, "'%s' is not a whole number from %d to %d".formatted(text.get(), min, max));
  }

  /** A whole number of {@code int} size within a range, both ends included. */
  public int count(String key, int defaultValue, int min, int max) {
    return Math.toIntExact(wholeNumber(key, defaultValue, min, max));
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean defaultValue) {
    return text(key)
        .map(
            value ->
                switch (value) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw new InvalidSettingException(key, "must be true or false");
                })
        .orElse(defaultValue);
  }

  /** An ISO-8601 duration within a range, both ends included. */
  public Duration duration(String key, Duration defaultValue, Duration min, Duration max) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return defaultValue;
    }
    try {
      Duration value = Duration.parse(text.get());
      if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
        return value;
      }
    } catch (DateTimeParseException e) {
      // reported below, with the range
    }
    throw new InvalidSettingException(
        key, "'%s' is not an ISO-8601 duration from %s to %s".formatted(text.get(), min, max));
  }

  /** An optional absolute URI. The value is not repeated in the error: it may be secret. */
  public Optional<URI> uri(String key, String... aliases) {
    return text(key, aliases)
        .map(
            value -> {
              try {
                URI uri = new URI(value);
                if (uri.isAbsolute()) {
                  return uri;
                }
              } catch (URISyntaxException e) {
                // reported below
              }
              throw new InvalidSettingException(key, "is not an absolute URI");
            });
  }

  /**
   * All keys {@code prefix.NAME} with their values, sorted by name. {@code PREFIX_NAME} in the
   * environment adds to them: MicroProfile Config cannot list such a name under its dotted form.
   */
  public Map<String, String> namesUnder(String prefix) {
    String dotted = prefix + ".";
    String environment = dotted.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    Map<String, String> found = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(dotted)) {
        single(name).ifPresent(value -> found.put(name.substring(dotted.length()), value));
      }
    }
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(environment)) {
        String suffix = name.substring(environment.length()).toLowerCase(Locale.ROOT);
        String asListed = suffix.replace('_', '-');
        single(name).ifPresent(value -> found.putIfAbsent(asListed, value));
      }
    }
    return found;
  }

  private Optional<String> single(String key) {
    return config.getOptionalValue(key, String.class).map(String::trim).filter(v -> !v.isEmpty());
  }
}

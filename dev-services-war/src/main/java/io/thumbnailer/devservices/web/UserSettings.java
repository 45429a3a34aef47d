package io.thumbnailer.devservices.web;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The user's environment variables and system properties, which are never overridden.
 *
 * @param environment of the process
 * @param properties of the JVM, without those that this module published
 */
record UserSettings(Map<String, String> environment, Map<String, String> properties) {
  private static final Set<String> REDIS = Set.of("REDIS_URL", "THUMBNAILER_REDIS_URL");
  private static final Set<String> S3 =
      Set.of(
          "AWS_S3_BUCKET_NAME",
          "AWS_ENDPOINT_URL_S3",
          "AWS_ENDPOINT_URL",
          "THUMBNAILER_S3_BUCKET",
          "THUMBNAILER_S3_ENDPOINT");

  /** Whether the user has configured Redis. */
  boolean haveRedis() {
    return REDIS.stream().anyMatch(this::contain);
  }

  /** Whether the user has configured an object store. */
  boolean haveS3() {
    return S3.stream().anyMatch(this::contain);
  }

  /** Whether the user restricts access, or has keys. */
  boolean decideAccess() {
    return contain("THUMBNAILER_ACCESS")
        || Stream.concat(environment.keySet().stream(), properties.keySet().stream())
            .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '.'))
            .anyMatch(name -> name.startsWith("thumbnailer.access.keys."));
  }

  /** Whether a key has a value, under its environment or its MicroProfile property name. */
  boolean contain(String key) {
    String property = key.toLowerCase(Locale.ROOT).replace('_', '.');
    return isSet(environment.get(key))
        || isSet(properties.get(key))
        || isSet(properties.get(property));
  }

  private static boolean isSet(String value) {
    return value != null && !value.isBlank();
  }
}

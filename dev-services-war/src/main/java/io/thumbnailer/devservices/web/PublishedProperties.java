package io.thumbnailer.devservices.web;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * System properties set by this module, so that they can be distinguished from the user's and
 * removed.
 */
final class PublishedProperties {
  private final Properties system;
  private final Map<String, String> ours = new ConcurrentHashMap<>();

  PublishedProperties(Properties system) {
    this.system = system;
  }

  /** Sets the entries that the user has not set. */
  void publish(Map<String, String> entries, UserSettings user) {
    entries.forEach(
        (key, value) -> {
          if (!user.contain(key)) {
            system.setProperty(key, value);
            ours.put(key, value);
          }
        });
  }

  /** Removes the properties that have not been changed since. */
  void withdraw() {
    ours.forEach(system::remove);
    ours.clear();
  }
}

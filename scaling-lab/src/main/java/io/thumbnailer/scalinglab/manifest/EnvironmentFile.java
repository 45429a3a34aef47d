package io.thumbnailer.scalinglab.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A file of {@code NAME=VALUE} lines, from which kustomize creates a ConfigMap. */
final class EnvironmentFile {
  private EnvironmentFile() {}

  /**
   * Its settings, without comments and empty lines.
   *
   * @throws ManifestException if it cannot be read, or a line is not a setting
   */
  static Map<String, String> read(Path file) {
    Map<String, String> settings = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int equals = line.indexOf('=');
          if (equals < 1) {
            throw new ManifestException(file, "\"" + line + "\" is not NAME=VALUE");
          }
          settings.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (IOException e) {
      throw new ManifestException(file, "cannot be read", e);
    }
    return settings;
  }
}

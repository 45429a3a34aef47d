package io.thumbnailer.systemtests;

import io.thumbnailer.devservices.ContainerEngine;
import io.thumbnailer.devservices.LibertyInstallation;
import io.thumbnailer.devservices.ServerPlatform;
import java.nio.file.Path;
import java.util.List;

/**
 * The servers that are tested: those of the packaged project, or with {@code
 * -Dthumbnailer.containers=docker} (or {@code podman}) the images that were built. {@code
 * thumbnailer.containers.options} are words for the engine's {@code run}.
 */
final class TestedServers {
  private TestedServers() {}

  static ServerPlatform platform() {
    String engine = System.getProperty("thumbnailer.containers", "");
    if (engine.isBlank()) {
      return new LibertyInstallation(Path.of(System.getProperty("thumbnailer.project", "..")));
    }
    String options = System.getProperty("thumbnailer.containers.options", "").strip();
    return new ContainerEngine(
        engine,
        options.isEmpty() ? List.of() : List.of(options.split("\\s+")),
        System.getProperty("thumbnailer.containers.images", "thumbnailer-"),
        System.getProperty("thumbnailer.containers.tag", "0.1.0"));
  }
}

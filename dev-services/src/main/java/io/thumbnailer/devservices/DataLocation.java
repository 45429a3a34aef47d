package io.thumbnailer.devservices;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Decides where the services keep their data if the command line does not say. */
public final class DataLocation {
  private static final String PROPERTY = "thumbnailer.dev-services.data";
  private static final String VARIABLE = "THUMBNAILER_DEV_SERVICES_DATA";
  private static final String DIRECTORY = ".dev-services";

  private DataLocation() {}

  /**
   * The system property {@code thumbnailer.dev-services.data}, else the environment variable {@code
   * THUMBNAILER_DEV_SERVICES_DATA}, else {@code .dev-services} in the project around the working
   * directory, else the same in the temporary directory.
   */
  public static Path resolve() {
    return resolve(
        System.getenv(),
        Optional.ofNullable(System.getProperty(PROPERTY)),
        Path.of(System.getProperty("user.dir")),
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  static Path resolve(
      Map<String, String> environment, Optional<String> property, Path working, Path temporary) {
    return property
        .or(() -> Optional.ofNullable(environment.get(VARIABLE)))
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .or(() -> projectAround(working).map(project -> project.resolve(DIRECTORY)))
        .orElseGet(() -> temporary.resolve("thumbnailer" + DIRECTORY))
        .toAbsolutePath()
        .normalize();
  }

  private static Optional<Path> projectAround(Path working) {
    for (Path directory = working.toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      if (Files.exists(directory.resolve("mvnw"))) {
        return Optional.of(directory);
      }
    }
    return Optional.empty();
  }
}

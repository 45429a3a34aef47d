package io.thumbnailer.devservices;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A built project: the Liberty runtime, the servers' configuration and the applications.
 *
 * @param project the folder with the modules, packaged
 */
public record LibertyInstallation(Path project) {

  /** Throws {@link DevServicesException} when the project was not packaged. */
  public LibertyInstallation {
    project = project.toAbsolutePath().normalize();
    require(runtime(project).resolve("bin/server"));
    for (ServerRole role : ServerRole.values()) {
      require(application(project, role));
    }
  }

  /** Liberty's own folder. */
  Path runtime() {
    return runtime(project);
  }

  /** The configuration files of all servers. */
  Path configuration() {
    return project.resolve("liberty-config/src/main/liberty/config");
  }

  /** The application of a role. */
  Path application(ServerRole role) {
    return application(project, role);
  }

  private static Path runtime(Path project) {
    return project.resolve("liberty-config/target/liberty/wlp");
  }

  private static Path application(Path project, ServerRole role) {
    return project.resolve(role.module()).resolve("target").resolve(role.module() + ".war");
  }

  private static void require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DevServicesException(
          file + " is missing; run ./mvnw package -DskipTests before, in the project's folder");
    }
  }
}

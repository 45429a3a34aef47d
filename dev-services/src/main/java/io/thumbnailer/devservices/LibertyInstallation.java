package io.thumbnailer.devservices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A packaged project: the Liberty runtime, the servers' configuration and the applications.
 *
 * @param project the directory with the packaged modules
 */
public record LibertyInstallation(Path project) implements ServerPlatform {

  /** Settings of the surrounding shell must not reach a server with its own configuration. */
  private static final List<String> NOT_INHERITED =
      List.of("AWS_", "REDIS_", "THUMBNAILER_", "WLP_", "JVM_ARGS", "LOG_", "MP_", "OTEL_");

  /** Throws {@link DevServicesException} if the project was not packaged. */
  public LibertyInstallation {
    project = project.toAbsolutePath().normalize();
    require(runtime(project).resolve("bin/server"));
    for (ServerRole role : ServerRole.values()) {
      require(application(project, role));
    }
  }

  /**
   * {@inheritDoc} Servers share the runtime and nothing else. {@code JVM_ARGS} is among the
   * variables that Liberty knows.
   */
  @Override
  public Process launch(
      ServerRole role, Path directory, int port, Map<String, String> environment, Path log)
      throws IOException {
    configure(role, directory.resolve("usr/servers").resolve(role.serverName()));
    // the script ends in an exec, so the process is the JVM itself
    ProcessBuilder builder =
        new ProcessBuilder(
                runtime(project).resolve("bin/server").toString(), "run", role.serverName())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> NOT_INHERITED.stream().anyMatch(name::startsWith));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("HTTP_HOST", "localhost");
    variables.putAll(environment);
    variables.put("HTTP_PORT", Integer.toString(port));
    variables.put("WLP_USER_DIR", directory.resolve("usr").toString());
    return builder.start();
  }

  @Override
  public void requestStop(ServerRole role, Path directory) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                runtime(project).resolve("bin/server").toString(), "stop", role.serverName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WLP_USER_DIR", directory.resolve("usr").toString());
    var unused = builder.start();
  }

  @Override
  public void kill(Process process, Path directory) {
    process.destroyForcibly();
  }

  private void configure(ServerRole role, Path home) throws IOException {
    Files.createDirectories(home.resolve("apps"));
    copyTree(project.resolve("liberty-config/src/main/liberty/config"), home);
    Files.copy(
        home.resolve(role.serverName() + ".xml"),
        home.resolve("server.xml"),
        StandardCopyOption.REPLACE_EXISTING);
    Path application = application(project, role);
    Files.copy(
        application,
        home.resolve("apps").resolve(application.getFileName()),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
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
          file + " is missing; run ./mvnw package -DskipTests in the project's directory first");
    }
  }
}

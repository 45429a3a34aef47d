package io.thumbnailer.systemtests.monitoring;

import io.thumbnailer.systemtests.SearchPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of the system's packages that runs beside the servers until it is closed.
 *
 * @param process of it
 * @param log the file with its output
 */
record LocalProgram(Process process, Path log) implements AutoCloseable {

  /**
   * Finds a program. Without it the test is skipped, since {@code ./mvnw verify} needs only a JDK;
   * with {@code CI=true} it fails, so that no build passes without it by mistake.
   */
  static Path required(String name) {
    Optional<Path> found = SearchPath.find(name);
    String message = name + " is not on the PATH (Debian has a package for it)";
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      Assertions.fail(message);
    }
    Assumptions.assumeTrue(found.isPresent(), message);
    return found.orElseThrow();
  }

  static LocalProgram start(Path program, Path log, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new LocalProgram(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

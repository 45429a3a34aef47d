package io.thumbnailer.deployment;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of the machine that a test uses.
 *
 * @param program the path of the program
 */
record Tool(Path program) {

  /** The result of a run. */
  record Result(int exitCode, String output) {}

  /**
   * The program on the search path. Without it the test is skipped, since {@code ./mvnw verify}
   * needs a JDK only; on CI, which installs all of them, it fails.
   */
  static Tool required(String name) {
    Optional<Path> found = find(name);
    String message = name + " is not installed, so this check cannot run";
    if (found.isEmpty() && System.getenv("CI") != null) {
      Assertions.fail(message);
    }
    Assumptions.assumeTrue(found.isPresent(), message);
    return new Tool(found.orElseThrow());
  }

  private static Optional<Path> find(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs it in the project's directory; an exit code that is not 0 fails the test. */
  Result run(String... arguments) {
    Result result = tryRun(arguments);
    Assertions.assertEquals(
        0, result.exitCode(), () -> program + " " + List.of(arguments) + "\n" + result.output());
    return result;
  }

  /** Runs it in the project's directory, for two minutes at most. */
  Result tryRun(String... arguments) {
    return tryRun(Duration.ofMinutes(2), arguments);
  }

  /**
   * Runs it in the project's directory; if it takes longer than the limit, it is ended and the test
   * fails.
   */
  Result tryRun(Duration limit, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      // Uses a file, because reading from a pipe waits as long as any process holds its other end.
      Path output = Files.createTempFile("tool", ".log");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(ProjectFiles.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
          process.destroy();
          process.waitFor(1, TimeUnit.MINUTES);
          process.destroyForcibly();
          Assertions.fail(program + " did not end within " + limit + "\n" + read(output));
        }
        return new Result(process.exitValue(), read(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path output) throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }
}

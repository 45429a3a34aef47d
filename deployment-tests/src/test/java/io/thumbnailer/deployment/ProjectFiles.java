package io.thumbnailer.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project that these tests read. */
final class ProjectFiles {
  private static final Path ROOT =
      Path.of(System.getProperty("project.directory", "..")).toAbsolutePath().normalize();

  private ProjectFiles() {}

  static Path root() {
    return ROOT;
  }

  static Path path(String relative) {
    return ROOT.resolve(relative);
  }

  static String read(String relative) {
    return read(path(relative));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below a directory whose name ends so, sorted. */
  static List<Path> under(String directory, String... endings) {
    try (Stream<Path> files = Files.walk(path(directory))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of all Java files below the main sources of a module. */
  static String mainSources(String module) {
    StringBuilder text = new StringBuilder();
    under(module + "/src/main/java", ".java").forEach(file -> text.append(read(file)));
    return text.toString();
  }
}

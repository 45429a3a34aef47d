package io.thumbnailer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The requirements of {@code ./mvnw liberty:dev} in the root directory: the plugin runs its goals
 * in the only module that nothing depends on, and skips jars.
 */
class DevModeTest {
  private static final Path PROJECT = Path.of(System.getProperty("thumbnailer.project", ".."));

  @Test
  void nothingDependsOnTheModuleOfTheLocalServer() {
    assertThat(modulesThatMention("<artifactId>liberty-config</artifactId>"))
        .containsExactly("liberty-config");
  }

  @Test
  void everyOtherModuleThatNothingDependsOnIsAJar() {
    assertThat(modulesThatMention("<packaging>"))
        .containsExactlyInAnyOrder(
            "liberty-config", "ingest-war", "worker-war", "dev-services-war");
  }

  @Test
  void noModuleNeedsThePackagedTestsOfAnother() {
    assertThat(modulesThatMention("<type>test-jar</type>")).isEmpty();
  }

  private static List<String> modulesThatMention(String text) {
    Pattern module = Pattern.compile("<module>(.*)</module>");
    try (Stream<String> lines = Files.lines(PROJECT.resolve("pom.xml"))) {
      return lines
          .flatMap(line -> module.matcher(line).results())
          .map(match -> match.group(1))
          .filter(name -> read(PROJECT.resolve(name).resolve("pom.xml")).contains(text))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

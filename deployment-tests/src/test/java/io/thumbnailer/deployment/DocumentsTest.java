package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The targets of links and the names in documents exist, and documents respect their size limits.
 */
class DocumentsTest {
  private static final Pattern TEST =
      Pattern.compile("(?<![@\\w])([A-Z]\\w*[a-z](?:Test|IT))(?:\\.([a-z]\\w*))?(?!\\w)");
  private static final Pattern PATH =
      Pattern.compile(
          "(?:benchmarks|cli|deployment-tests|dev-services|docs|ingest-war|kubernetes|liberty-config"
              + "|scaling-lab|shared-lib|system-tests|terraform|worker-war)/[\\w./-]*\\w");

  private final List<MarkdownPage> pages = pages();

  @Test
  void everyRelativeLinkAndAnchorExists() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (MarkdownPage page : pages) {
      for (String link : page.relativeLinks()) {
        links++;
        if (!resolves(page, link)) {
          broken.add(page.name() + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(30);
  }

  @Test
  void everyTestThatIsNamedExists() {
    Map<String, List<Path>> tests = testClasses();
    List<String> missing = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (MarkdownPage page : pages) {
      for (Matcher m = TEST.matcher(page.text()); m.find(); ) {
        named.add(m.group());
        if (!exists(tests.getOrDefault(m.group(1), List.of()), m.group(2))) {
          missing.add(page.name() + ": " + m.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).hasSizeGreaterThan(30);
  }

  @Test
  void everyFileOfTheProjectThatIsNamedExists() {
    List<String> missing = new ArrayList<>();
    for (MarkdownPage page : pages) {
      for (String code : page.inlineCode()) {
        if (PATH.matcher(code).matches()
            && !code.contains("/target/")
            && !Files.exists(ProjectFiles.path(code))) {
          missing.add(page.name() + ": " + code);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void readmeIsShort() {
    String readme = ProjectFiles.read("README.md");
    assertThat(readme.lines().count()).isLessThanOrEqualTo(250);
    assertThat(readme.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(12 * 1024);
  }

  @Test
  void everyPageIsShortAndLinkedFromAnother() {
    Set<Path> linked = new HashSet<>();
    for (MarkdownPage page : pages) {
      for (String link : page.relativeLinks()) {
        Path target = target(page, link);
        if (!target.equals(page.file())) {
          linked.add(target);
        }
      }
    }
    for (Path page : ProjectFiles.under("docs", ".md")) {
      assertThat(ProjectFiles.read(page).lines().count()).as("lines of " + page).isLessThan(300);
      assertThat(linked).contains(page);
    }
  }

  @Test
  void theTestCommandOfTheReadmeIsTheOneThatContinuousIntegrationRuns() {
    assertThat(ProjectFiles.read("README.md")).contains("    ./mvnw verify ");
    assertThat(ProjectFiles.read(".ci/run")).contains("\n./mvnw verify\n");
  }

  private static boolean resolves(MarkdownPage page, String link) {
    Path target = target(page, link);
    int hash = link.indexOf('#');
    return Files.exists(target)
        && (hash < 0 || MarkdownPage.of(target).anchors().contains(link.substring(hash + 1)));
  }

  private static Path target(MarkdownPage page, String link) {
    String path = link.replaceAll("#.*", "");
    return path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
  }

  private static boolean exists(List<Path> classes, String method) {
    return method == null
        ? !classes.isEmpty()
        : classes.stream().anyMatch(file -> ProjectFiles.read(file).contains(" " + method + "("));
  }

  private static Map<String, List<Path>> testClasses() {
    Map<String, List<Path>> classes = new HashMap<>();
    for (Path module : directories(ProjectFiles.root())) {
      Path sources = module.resolve("src/test/java");
      if (Files.isDirectory(sources)) {
        for (Path file : ProjectFiles.under(sources.toString(), ".java")) {
          String name = file.getFileName().toString().replace(".java", "");
          classes.computeIfAbsent(name, n -> new ArrayList<>()).add(file);
        }
      }
    }
    return classes;
  }

  private static List<MarkdownPage> pages() {
    List<Path> files = new ArrayList<>(ProjectFiles.under("docs", ".md"));
    for (Path directory :
        Stream.concat(Stream.of(ProjectFiles.root()), directories(ProjectFiles.root()).stream())
            .toList()) {
      files.addAll(markdown(directory));
    }
    return files.stream().distinct().map(MarkdownPage::of).toList();
  }

  private static List<Path> markdown(Path directory) {
    return list(directory).stream().filter(file -> file.toString().endsWith(".md")).toList();
  }

  private static List<Path> directories(Path directory) {
    return list(directory).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

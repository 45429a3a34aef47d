package io.thumbnailer.deployment;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parsed files under {@code terraform/}. */
final class TerraformFiles {
  /** A resource or data source, as {@code terraform fmt} writes it. */
  private static final Pattern BLOCK = Pattern.compile("(?ms)^(?:resource|data) \".*?^}");

  private TerraformFiles() {}

  static List<Path> files() {
    return ProjectFiles.under("terraform", ".tf");
  }

  static String text() {
    StringBuilder text = new StringBuilder();
    files().forEach(file -> text.append(ProjectFiles.read(file)).append('\n'));
    return text.toString();
  }

  /** All blocks {@code kind "type" "name"}, where the kind is resource or data. */
  static List<Block> blocks(String kind) {
    List<Block> blocks = new ArrayList<>();
    for (Path file : files()) {
      object(parse(file).getOrDefault(kind, Map.of()))
          .forEach(
              (type, named) ->
                  object(named)
                      .forEach(
                          (name, body) -> blocks.add(new Block(kind, type, name, object(body)))));
    }
    return blocks;
  }

  /**
   * A resource or data source.
   *
   * @param body its arguments and nested blocks
   */
  record Block(String kind, String type, String name, Map<String, Object> body) {
    @Override
    public String toString() {
      return kind + " " + type + "." + name;
    }
  }

  @SuppressWarnings("unchecked") // HCL's keys are names
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  private static Map<String, Object> parse(Path file) {
    // The parser does not know all expressions that locals use.
    String blocks =
        BLOCK
            .matcher(ProjectFiles.read(file))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.joining("\n"));
    try {
      return new HCLParser().parse(blocks);
    } catch (Exception e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}

package io.thumbnailer.deployment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A document with its links and anchors. */
record MarkdownPage(Path file, String text) {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?m)^ {4,}.*$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  static MarkdownPage of(Path file) {
    return new MarkdownPage(file, ProjectFiles.read(file));
  }

  /** The path from the project's root. */
  String name() {
    return ProjectFiles.root().relativize(file).toString();
  }

  /** The targets of links and images, without web addresses. */
  List<String> relativeLinks() {
    String prose = CODE_BLOCK.matcher(FENCE.matcher(text).replaceAll("")).replaceAll("");
    return all(LINK, prose).stream().filter(link -> !link.matches("[a-z]+:.*")).toList();
  }

  /** The anchors of all headings, as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String heading : all(HEADING, FENCE.matcher(text).replaceAll(""))) {
      String anchor =
          heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  /** All text between single backticks outside fenced blocks. */
  List<String> inlineCode() {
    return all(CODE, FENCE.matcher(text).replaceAll(""));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
  }
}

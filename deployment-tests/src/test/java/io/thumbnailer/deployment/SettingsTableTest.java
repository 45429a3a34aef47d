package io.thumbnailer.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.deployment.SettingsInCode.Range;
import io.thumbnailer.deployment.SettingsInCode.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The table of all keys in docs/configuration.md matches the code. */
class SettingsTableTest {
  private static final List<String> MODULES = List.of("shared-lib", "ingest-war", "worker-war");
  private static final String PAGE = "docs/configuration.md";
  private static final String HEAD = "| key | default | range | meaning |";

  private static final Map<String, Setting> CODE = SettingsInCode.of(sources());
  private static final Map<String, Row> TABLE = table(ProjectFiles.read(PAGE));

  private record Row(List<String> names, String defaultValue, String range) {}

  @Test
  void everyKeyOfTheCodeIsInTheTableAndNoOther() {
    assertThat(CODE).hasSizeGreaterThan(50);
    assertThat(TABLE.keySet()).containsExactlyElementsOf(CODE.keySet());
  }

  @Test
  void aliasesAreThoseOfTheCode() {
    SoftAssertions.assertSoftly(
        softly ->
            CODE.forEach(
                (key, setting) ->
                    softly.assertThat(TABLE.get(key).names()).as(key).isEqualTo(setting.names())));
  }

  @Test
  void defaultsAreThoseOfTheCode() {
    SoftAssertions.assertSoftly(
        softly ->
            CODE.forEach(
                (key, setting) -> {
                  String documented = TABLE.get(key).defaultValue();
                  softly.assertThat(documented).as("default of " + key).isNotBlank();
                  expectedDefault(setting)
                      .ifPresent(
                          value ->
                              softly
                                  .assertThat(documented)
                                  .as("default of " + key)
                                  .isEqualTo(value));
                }));
  }

  @Test
  void rangesAreThoseOfTheCode() {
    SoftAssertions.assertSoftly(
        softly ->
            CODE.forEach(
                (key, setting) ->
                    setting
                        .range()
                        .ifPresent(
                            range ->
                                softly
                                    .assertThat(TABLE.get(key).range())
                                    .as("range of " + key)
                                    .isEqualTo(text(range)))));
  }

  /** A default outside the range means that the setting is absent. */
  private static Optional<String> expectedDefault(Setting setting) {
    boolean absent =
        setting
            .range()
            .filter(range -> range.min() instanceof Duration)
            .map(range -> (Duration) range.min())
            .flatMap(
                min -> setting.defaultValue().map(value -> min.compareTo((Duration) value) > 0))
            .orElse(false);
    return absent
        ? Optional.of("none")
        : setting.defaultValue().map(value -> "`" + text(value) + "`");
  }

  private static String text(Range range) {
    return range.max() instanceof Long max && max >= Long.MAX_VALUE >> 1
        ? "at least " + text(range.min())
        : quoted(range.min()) + " to " + quoted(range.max());
  }

  private static String quoted(Object value) {
    return value instanceof Duration ? "`" + text(value) + "`" : text(value);
  }

  /** Durations in days where they are whole days; {@code Duration} itself stops at hours. */
  private static String text(Object value) {
    return value instanceof Duration time && !time.isZero() && time.toMillis() % 86_400_000 == 0
        ? "P" + time.toDays() + "D"
        : value.toString();
  }

  private static Map<String, Row> table(String page) {
    Map<String, Row> rows = new TreeMap<>();
    List<String> lines = page.lines().dropWhile(line -> !line.equals(HEAD)).skip(2).toList();
    for (String line : lines) {
      if (!line.startsWith("|")) {
        break;
      }
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      List<String> names = new ArrayList<>();
      for (String name : cells[1].split(",", -1)) {
        names.add(name.strip().replace("`", ""));
      }
      Row row = new Row(names, cells[2].strip(), cells[3].strip());
      assertThat(rows.put(names.get(0), row)).as("listed twice: " + names).isNull();
    }
    return rows;
  }

  private static List<Path> sources() {
    return MODULES.stream()
        .flatMap(module -> ProjectFiles.under(module + "/src/main/java", ".java").stream())
        .toList();
  }
}

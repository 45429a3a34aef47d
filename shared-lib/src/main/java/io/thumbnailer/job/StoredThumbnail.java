package io.thumbnailer.job;

import io.thumbnailer.imaging.model.OutputFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A stored thumbnail.
 *
 * @param rendition the rendition's name
 * @param format of the file
 * @param width in pixels
 * @param height in pixels
 * @param bytes size of the file
 * @param warnings codes of the defects of the original that it shows; usually none
 */
public record StoredThumbnail(
    String rendition,
    OutputFormat format,
    int width,
    int height,
    long bytes,
    List<String> warnings) {

  public StoredThumbnail {
    warnings = List.copyOf(warnings);
  }

  /** Writes a list as text, one thumbnail a line: the outcome of a job's message. */
  public static String format(List<StoredThumbnail> thumbnails) {
    return thumbnails.stream()
        .map(
            t ->
                "%s %s %d %d %d".formatted(t.rendition, t.format.name(), t.width, t.height, t.bytes)
                    + (t.warnings.isEmpty() ? "" : " " + formatWarnings(t.warnings)))
        .collect(Collectors.joining("\n"));
  }

  /** The reverse of {@link #format}; throws {@link IllegalArgumentException}. */
  public static List<StoredThumbnail> parse(String text) {
    List<StoredThumbnail> thumbnails = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] fields = line.split(" ", -1);
      if (fields.length != 5 && fields.length != 6) {
        throw new IllegalArgumentException("not a stored thumbnail: " + line);
      }
      thumbnails.add(
          new StoredThumbnail(
              fields[0],
              OutputFormat.valueOf(fields[1]),
              Integer.parseInt(fields[2]),
              Integer.parseInt(fields[3]),
              Long.parseLong(fields[4]),
              fields.length == 5 ? List.of() : parseWarnings(fields[5])));
    }
    return List.copyOf(thumbnails);
  }

  /** Writes warnings as one word; empty when there are none. */
  static String formatWarnings(List<String> warnings) {
    return String.join(",", warnings);
  }

  /** The reverse of {@link #formatWarnings}. */
  static List<String> parseWarnings(String text) {
    return Arrays.stream(text.split(",", -1)).filter(code -> !code.isEmpty()).toList();
  }
}

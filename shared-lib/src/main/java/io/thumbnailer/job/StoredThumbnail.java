package io.thumbnailer.job;

import io.thumbnailer.imaging.model.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A thumbnail that is in storage.
 *
 * @param rendition the rendition's name
 * @param format of the file
 * @param width in pixels
 * @param height in pixels
 * @param bytes size of the file
 */
public record StoredThumbnail(
    String rendition, OutputFormat format, int width, int height, long bytes) {

  /** Writes a list as text, one thumbnail a line: the outcome of a job's message. */
  public static String format(List<StoredThumbnail> thumbnails) {
    return thumbnails.stream()
        .map(
            t ->
                "%s %s %d %d %d"
                    .formatted(t.rendition, t.format.name(), t.width, t.height, t.bytes))
        .collect(Collectors.joining("\n"));
  }

  /** The reverse of {@link #format}; throws {@link IllegalArgumentException}. */
  public static List<StoredThumbnail> parse(String text) {
    List<StoredThumbnail> thumbnails = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] fields = line.split(" ", -1);
      if (fields.length != 5) {
        throw new IllegalArgumentException("not a stored thumbnail: " + line);
      }
      thumbnails.add(
          new StoredThumbnail(
              fields[0],
              OutputFormat.valueOf(fields[1]),
              Integer.parseInt(fields[2]),
              Integer.parseInt(fields[3]),
              Long.parseLong(fields[4])));
    }
    return List.copyOf(thumbnails);
  }
}

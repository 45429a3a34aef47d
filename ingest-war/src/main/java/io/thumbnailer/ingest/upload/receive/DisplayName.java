package io.thumbnailer.ingest.upload.receive;

import java.nio.charset.StandardCharsets;

/**
 * Turns a client's file name into a label that is only displayed, never used as a key, a path or
 * markup.
 */
public final class DisplayName {
  /** The longest label in UTF-8 bytes: allowed by file systems, and fits into metadata. */
  static final int MAX_BYTES = 255;

  private static final String UNNAMED = "unnamed";

  private DisplayName() {}

  /** The label for a name, which may be null, blank, too long, or contain control characters. */
  public static String of(String name) {
    if (name == null) {
      return UNNAMED;
    }
    StringBuilder label = new StringBuilder();
    int bytes = 0;
    int[] codePoints = name.strip().codePoints().map(DisplayName::printable).toArray();
    for (int codePoint : codePoints) {
      String character = Character.toString(codePoint);
      bytes += character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        break;
      }
      label.append(character);
    }
    return label.toString().isBlank() ? UNNAMED : label.toString();
  }

  private static int printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          codePoint == 0x200D ? codePoint : '\uFFFD'; // the joiner inside an emoji is harmless
      default -> codePoint;
    };
  }
}

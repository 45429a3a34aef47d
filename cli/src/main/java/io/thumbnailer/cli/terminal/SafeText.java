package io.thumbnailer.cli.terminal;

/**
 * Makes external text (file names, server responses) harmless on a terminal: escape sequences, line
 * breaks and bidirectional controls are replaced.
 */
public final class SafeText {
  /** Longest text shown, in characters. */
  static final int MAX_LENGTH = 500;

  private static final int REPLACEMENT = 0xFFFD;

  private SafeText() {}

  /** The text, shortened, with a replacement character for each harmful one. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(
            codePoint -> safe.appendCodePoint(isHarmless(codePoint) ? codePoint : REPLACEMENT));
    return safe.toString();
  }

  /** Whether the character has no special meaning for a terminal or a file system. */
  public static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}

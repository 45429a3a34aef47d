package io.thumbnailer.cli;

/**
 * Makes text from elsewhere (file names, server answers) harmless on a terminal: no escape
 * sequence, line break or change of direction comes through.
 */
final class SafeText {
  /** Longest text shown, in characters. */
  static final int MAX_LENGTH = 500;

  private static final int REPLACEMENT = 0xFFFD;

  private SafeText() {}

  static String of(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(
            codePoint -> safe.appendCodePoint(isHarmless(codePoint) ? codePoint : REPLACEMENT));
    return safe.toString();
  }

  private static boolean isHarmless(int codePoint) {
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

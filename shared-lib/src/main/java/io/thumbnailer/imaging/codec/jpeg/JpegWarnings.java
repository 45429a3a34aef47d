package io.thumbnailer.imaging.codec.jpeg;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides from the warnings of libjpeg, which the JDK also uses, whether pixels are damaged. */
final class JpegWarnings {
  private static final Pattern EXTRANEOUS = Pattern.compile("(\\d+) extraneous bytes");

  /** Encoders leave fewer bytes than this before a marker; more bytes are undecoded blocks. */
  private static final int SPARE_BYTES = 8;

  private JpegWarnings() {}

  /**
   * Whether one of the warnings concerns the coded image.
   *
   * @param endSeen whether the file has an end marker
   */
  static boolean areDamage(List<String> warnings, boolean endSeen) {
    return warnings.stream().anyMatch(warning -> isDamage(warning, endSeen));
  }

  private static boolean isDamage(String warning, boolean endSeen) {
    Matcher extraneous = EXTRANEOUS.matcher(warning);
    if (extraneous.find()) {
      String bytes = extraneous.group(1);
      return endSeen && (bytes.length() > 8 || Integer.parseInt(bytes) >= SPARE_BYTES);
    }
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("corrupt jpeg data") || text.contains("premature end");
  }
}

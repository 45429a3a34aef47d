package io.thumbnailer.storage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Carries any text in S3 user metadata, whose values travel as ASCII headers of at most 2 KB in
 * all. Plain values stay readable; others become Base64 of UTF-8, marked by a prefix. Percent
 * encoding would triple what Base64 grows by a third; RFC 2047 words are rewritten by S3 itself.
 */
final class UserMetadata {
  private static final String MARK = "utf8-base64:";
  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]*");
  // Signing folds runs of spaces and trims the ends.
  private static final Pattern PLAIN = Pattern.compile("[!-~]+( [!-~]+)*");
  private static final int MAX_BYTES = 2_048;

  private UserMetadata() {}

  /**
   * Prepares metadata for the wire.
   *
   * @throws IllegalArgumentException if a key does not consist of lower-case letters, digits and
   *     hyphens, or if all keys and encoded values together exceed 2048 bytes
   */
  static Map<String, String> encode(Map<String, String> metadata) {
    Map<String, String> encoded = new LinkedHashMap<>();
    int bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      String key = entry.getKey();
      if (!KEY.matcher(key).matches()) {
        throw new IllegalArgumentException(
            "metadata keys must consist of lower-case letters, digits and hyphens: " + key);
      }
      String value = encode(entry.getValue());
      encoded.put(key, value);
      bytes += key.length() + value.length();
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "metadata takes " + bytes + " bytes, more than the " + MAX_BYTES + " that S3 stores");
    }
    return encoded;
  }

  /**
   * The reverse; values that were not encoded by this class are left as they are. Keys become
   * lower-case, as on S3: they travel as header names, which some clients capitalise.
   */
  static Map<String, String> decode(Map<String, String> metadata) {
    Map<String, String> decoded = new LinkedHashMap<>();
    metadata.forEach((key, value) -> decoded.put(key.toLowerCase(Locale.ROOT), decode(value)));
    return decoded;
  }

  private static String encode(String value) {
    if (PLAIN.matcher(value).matches() && !value.startsWith(MARK)) {
      return value;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return MARK + Base64.getEncoder().withoutPadding().encodeToString(utf8);
  }

  private static String decode(String value) {
    if (!value.startsWith(MARK)) {
      return value;
    }
    try {
      byte[] utf8 = Base64.getDecoder().decode(value.substring(MARK.length()));
      return new String(utf8, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      return value;
    }
  }
}

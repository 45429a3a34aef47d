package io.thumbnailer.messaging.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a message as one text of names and values, each as {@code length:text}. It is not
 * part of the record's hash: a single long field makes Redis store a hash as a hash table, which
 * takes several times the memory. More pairs can be appended.
 */
final class MessageBody {
  private MessageBody() {}

  /** Writes pairs; the length is in {@code char}s. */
  static String write(List<String> namesAndValues) {
    StringBuilder text = new StringBuilder();
    namesAndValues.forEach(part -> text.append(part.length()).append(':').append(part));
    return text.toString();
  }

  /** Reads pairs; a truncated text yields its complete pairs. */
  static Map<String, String> read(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        break;
      }
      int end = colon + 1 + Integer.parseInt(text, at, colon, 10);
      if (end > text.length()) {
        break;
      }
      parts.add(text.substring(colon + 1, end));
      at = end;
    }
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      pairs.put(parts.get(i), parts.get(i + 1));
    }
    return pairs;
  }
}

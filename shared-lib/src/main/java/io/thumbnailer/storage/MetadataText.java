package io.thumbnailer.storage;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * User metadata as S3 can carry it: HTTP headers are ASCII, so values are percent-encoded UTF-8.
 */
final class MetadataText {
  private MetadataText() {}

  static Map<String, String> encode(Map<String, String> metadata) {
    Map<String, String> encoded = new LinkedHashMap<>();
    metadata.forEach(
        (name, value) -> encoded.put(name, URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return encoded;
  }

  static Map<String, String> decode(Map<String, String> metadata) {
    Map<String, String> decoded = new LinkedHashMap<>();
    metadata.forEach((name, value) -> decoded.put(name, decode(value)));
    return decoded;
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value; // not written by us
    }
  }
}

package io.thumbnailer.ingest.thumbnail;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The name that a thumbnail is saved under: {@code holiday-small.jpg} for the rendition small of
 * {@code holiday.png}. A client's file name is only a label, so characters that have a meaning for
 * file systems or that disguise a name are removed.
 */
final class DownloadName {
  private static final int LONGEST = 100;
  private static final String UNNAMED = "thumbnail";

  private DownloadName() {}

  /**
   * The value of {@code Content-Disposition} (RFC 6266), with the name in ASCII for old clients and
   * in UTF-8 for all others.
   *
   * @param filename of the original
   * @param rendition the rendition's name
   * @param extension of what was stored, without a dot
   */
  static String disposition(String filename, String rendition, String extension) {
    String name = of(filename, rendition, extension);
    String ascii = name.replaceAll("[^\\x20-\\x7e]|[\"%;\\\\]", "_");
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\""
        + ascii
        + "\"; filename*=UTF-8''"
        + encoded.replace("*", "%2A");
  }

  static String of(String filename, String rendition, String extension) {
    String base =
        filename
            .substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1)
            .replaceFirst("\\.[A-Za-z0-9]{1,5}$", "")
            .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\x{FFFD}]", "")
            .replaceAll("[:*?\"<>|%]", "_")
            .replaceFirst("^[. ]+", "")
            .strip();
    int end = base.offsetByCodePoints(0, Math.min(LONGEST, base.codePointCount(0, base.length())));
    String label = base.isEmpty() ? UNNAMED : base.substring(0, end);
    return label + "-" + rendition + "." + extension;
  }
}

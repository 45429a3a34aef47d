package io.thumbnailer.cli.files;

import io.thumbnailer.cli.terminal.SafeText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Derives names for saved thumbnails from the service's name for the uploaded file. That text is
 * not trusted: the result is always one name in one directory. Thread-safe.
 */
public final class DownloadNames {
  private static final int MAX_LENGTH = 100;

  private final Set<String> taken = new HashSet<>();

  /** A name that has not been used and is not hidden; it ends with the id if necessary. */
  public synchronized Path choose(String filename, String id) {
    String last =
        filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
    StringBuilder safe = new StringBuilder();
    InputFile.stem(last)
        .codePoints()
        .limit(MAX_LENGTH)
        .map(DownloadNames::harmless)
        .forEach(safe::appendCodePoint);
    String name = safe.toString().strip().replaceFirst("^[.\\-]+", "");
    if (name.isEmpty()) {
      name = id;
    } else if (!taken.add(name.toLowerCase(Locale.ROOT))) {
      name = name + "-" + id;
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) { // the locale cannot express it
      return Path.of(name.replaceAll("[^\\x20-\\x7E]", "_") + "-" + id);
    }
  }

  /** Removes characters that have a meaning for a file system or a terminal. */
  private static int harmless(int codePoint) {
    boolean meaning = ":*?\"<>|".indexOf(codePoint) >= 0;
    return meaning || !SafeText.isHarmless(codePoint) ? '_' : codePoint;
  }
}

package io.thumbnailer.devservices.web;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the files behind a class loader, to pass them to another JVM. With loose applications they
 * are the project's classes directories and jars of the local Maven repository.
 */
final class ChildClassPath {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private ChildClassPath() {}

  /**
   * The class path of the application that a class belongs to.
   *
   * @throws IOException if the class loader cannot be searched
   */
  static String of(Class<?> type) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    codeSource(type).flatMap(ChildClassPath::file).ifPresent(files::add);
    for (URL manifest : Collections.list(type.getClassLoader().getResources(MANIFEST))) {
      file(manifest).ifPresent(files::add);
    }
    return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Optional<URL> codeSource(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation);
  }

  /** Understands {@code file:/…}, {@code jar:file:/…!/…} and Liberty's {@code wsjar:file:/…!/…}. */
  static Optional<Path> file(URL url) {
    String text = url.toString();
    int start = text.indexOf("file:");
    if (start < 0) {
      return Optional.empty();
    }
    int end = text.indexOf("!/", start);
    String location = end < 0 ? text.substring(start) : text.substring(start, end);
    if (location.endsWith(MANIFEST)) {
      location = location.substring(0, location.length() - MANIFEST.length());
    }
    try {
      Path path = Path.of(new URI(location));
      return Files.exists(path) ? Optional.of(path) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

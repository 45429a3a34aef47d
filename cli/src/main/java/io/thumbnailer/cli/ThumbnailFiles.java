package io.thumbnailer.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The folder that thumbnails are saved in. A file appears under its name only when it is whole; one
 * that is there already is replaced in one step.
 */
final class ThumbnailFiles {
  // Names come from the server; nothing in them may lead out of the folder.
  private static final Pattern RENDITION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "image/jpeg",
          "jpg",
          "image/png",
          "png",
          "image/webp",
          "webp",
          "image/gif",
          "gif",
          "image/avif",
          "avif");

  private final Path folder;

  ThumbnailFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the bytes of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream target) throws IOException, ServiceException, InterruptedException;
  }

  /**
   * What the thumbnails of a file are named after: its own name without the last extension, since
   * thumbnails may be of another format.
   */
  static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /**
   * Saves a thumbnail as {@code STEM-RENDITION.EXTENSION}. Returns where it is.
   *
   * @throws ServiceException when the server's names are no names, or the content did not come
   *     whole
   */
  Path save(String stem, String rendition, String contentType, Content content)
      throws ServiceException, InterruptedException {
    String extension = EXTENSIONS.get(contentType);
    if (extension == null || !RENDITION.matcher(rendition).matches()) {
      throw new ServiceException(
          ExitCode.UNAVAILABLE,
          "strange-answer",
          "a thumbnail named " + rendition + " of type " + contentType + " is not saved");
    }
    Path target = folder.resolve(stem + "-" + rendition + "." + extension);
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, ".thumbnailer-", ".part");
      part.toFile().deleteOnExit(); // also when the user breaks off
      try {
        try (OutputStream out = Files.newOutputStream(part)) {
          content.writeTo(out);
        }
        move(part, target);
      } finally {
        Files.deleteIfExists(part);
      }
      return target;
    } catch (IOException e) {
      throw new ServiceException(
          ExitCode.FAILED, "not-saved", "could not save " + target.getFileName(), e);
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

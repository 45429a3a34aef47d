package io.thumbnailer.cli.files;

import static java.nio.file.StandardOpenOption.WRITE;

import io.thumbnailer.cli.service.CliException;
import io.thumbnailer.cli.service.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The directory in which thumbnails are saved. A file appears under its name only when it is
 * complete; an existing one is replaced atomically. Its mode follows the umask.
 */
public final class ThumbnailFiles {
  // Names come from the server; they must not lead out of the directory.
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

  private final Path directory;

  /** Saves in a directory, which is created when the first thumbnail is saved. */
  public ThumbnailFiles(Path directory) {
    this.directory = directory;
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  /** Writes the bytes of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes them; a thumbnail is saved only if this returns normally. */
    void writeTo(OutputStream target) throws IOException, CliException, InterruptedException;
  }

  /**
   * Saves a thumbnail as {@code TARGET-RENDITION.EXTENSION}. Returns its path.
   *
   * @param stem relative to the directory
   * @throws CliException if the server's names are unusable or the content is incomplete
   */
  public Path save(Path stem, String rendition, String contentType, Content content)
      throws CliException, InterruptedException {
    String extension = EXTENSIONS.get(contentType);
    if (extension == null || !RENDITION.matcher(rendition).matches()) {
      throw new CliException(
          ExitCode.UNAVAILABLE,
          "unexpected-answer",
          "a thumbnail named " + rendition + " of type " + contentType + " cannot be saved");
    }
    Path target =
        directory.resolve(
            stem.resolveSibling(stem.getFileName() + "-" + rendition + "." + extension));
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Path part = target.resolveSibling(".thumbnailer-" + UUID.randomUUID() + ".part");
      part.toFile().deleteOnExit(); // also if the user interrupts
      try {
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, WRITE)) {
          content.writeTo(out);
        }
        move(part, target);
      } finally {
        Files.deleteIfExists(part);
      }
      return target;
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "not-saved", "cannot save " + target + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return ": permission denied";
    }
    return e instanceof FileSystemException known && known.getReason() != null
        ? ": " + known.getReason()
        : "";
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

package io.thumbnailer.ingest.upload.receive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory in which uploads are received. File names contain the server's process id: files of
 * an earlier process with the same id, as in a restarted container, are deleted.
 */
public final class UploadSpool {
  private static final System.Logger LOG = System.getLogger(UploadSpool.class.getName());

  private final Path directory;
  private final String prefix = "upload-" + ProcessHandle.current().pid() + "-";

  /** Uses an existing directory; deletes leftovers. */
  public UploadSpool(Path directory) {
    this.directory = directory;
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(directory, "{,.}" + prefix + "*")) {
      for (Path file : leftovers) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "could not delete the files of an earlier run", e);
    }
  }

  /** Creates an empty file; the caller deletes it. */
  public Path newFile() throws IOException {
    return Files.createTempFile(directory, prefix, null);
  }
}

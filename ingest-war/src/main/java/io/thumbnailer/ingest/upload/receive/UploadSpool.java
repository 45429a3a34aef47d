package io.thumbnailer.ingest.upload.receive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where uploads are received. File names hold the server's process id: what an earlier process of
 * the same id left, as in a container that was killed and started again, is nobody's and is
 * deleted.
 */
public final class UploadSpool {
  private static final System.Logger LOG = System.getLogger(UploadSpool.class.getName());

  private final Path directory;
  private final String prefix = "upload-" + ProcessHandle.current().pid() + "-";

  /** In a directory that is there; deletes leftovers. */
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

  /** Makes an empty file, to be deleted by whoever asked for it. */
  public Path newFile() throws IOException {
    return Files.createTempFile(directory, prefix, null);
  }
}

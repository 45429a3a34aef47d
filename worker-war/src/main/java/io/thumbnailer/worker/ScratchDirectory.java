package io.thumbnailer.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A directory for the temporary files of this worker. A file in it stays locked while the process
 * lives, however it ends: if the lock is free, the worker was killed, and the next worker that
 * starts in the same place deletes its directory.
 */
final class ScratchDirectory implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ScratchDirectory.class.getName());
  private static final String PREFIX = "thumbnailer-worker-";
  private static final String LOCK = "in-use";

  private final Path directory;
  private final FileChannel lock;

  private ScratchDirectory(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Creates one in a directory, and deletes the directories of killed workers there. */
  static ScratchDirectory open(Path parent) throws IOException {
    sweep(parent);
    while (true) {
      Path directory = Files.createTempDirectory(parent, PREFIX);
      Path file = directory.resolve(LOCK);
      FileChannel lock =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      // A worker that starts at the same time may have locked and deleted the directory first.
      if (lock.tryLock() != null && Files.exists(file)) {
        return new ScratchDirectory(directory, lock);
      }
      lock.close();
    }
  }

  /** Creates an empty file; the caller deletes it. */
  Path newFile() throws IOException {
    return Files.createTempFile(directory, "original-", null);
  }

  @Override
  public void close() throws IOException {
    delete(directory);
    lock.close();
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path directory : directories) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
          deleteUnlessInUse(directory);
        }
      }
    }
  }

  private static void deleteUnlessInUse(Path directory) {
    try (FileChannel lock = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE)) {
      if (lock.tryLock() != null) {
        delete(directory);
        LOG.log(System.Logger.Level.INFO, "deleted the files of a killed worker in {0}", directory);
      }
    } catch (OverlappingFileLockException | NoSuchFileException | AccessDeniedException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "in use, being created, or owned by another user: {0}",
          directory);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "could not delete the files of a killed worker", e);
    }
  }

  /** The lock file is deleted last, so that a directory with files can always be found. */
  private static void delete(Path directory) throws IOException {
    Path lock = directory.resolve(LOCK);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!file.equals(lock)) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(lock);
    Files.deleteIfExists(directory);
  }
}

package io.thumbnailer.devservices;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A data directory that is locked for one user until it is closed, even across processes. */
final class DataDirectory implements AutoCloseable {
  private static final int MAX_SIBLINGS = 20;

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Locks a directory, or the first unused one of its siblings {@code -2}, {@code -3}…
   *
   * @throws DevServicesException if the directories cannot be written, or all are in use
   */
  static DataDirectory take(Path preferred) {
    Path directory = preferred.toAbsolutePath().normalize();
    for (int number = 1; number <= MAX_SIBLINGS; number++) {
      Path candidate =
          number == 1
              ? directory
              : directory.resolveSibling(directory.getFileName() + "-" + number);
      Optional<DataDirectory> taken = tryTake(candidate);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    throw new DevServicesException(
        "The data directory "
            + directory
            + " and its siblings are in use by other development services");
  }

  /** The locked directory. */
  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DevServicesException("The lock on " + path + " could not be released", e);
    }
  }

  private static Optional<DataDirectory> tryTake(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return Optional.of(new DataDirectory(directory, channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new DevServicesException("The data directory " + directory + " cannot be used", e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException takenInThisJvm) {
      return false;
    }
  }
}

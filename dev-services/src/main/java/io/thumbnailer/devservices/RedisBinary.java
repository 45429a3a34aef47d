package io.thumbnailer.devservices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import redis.embedded.core.ExecutableProvider;

/** The Redis server program for this operating system, unpacked into a directory. */
final class RedisBinary {
  private RedisBinary() {}

  /**
   * The program in a directory, unpacked if it is missing. It is never replaced, because a running
   * server is recognised by its program file.
   */
  static Path unpackInto(Path directory) throws IOException {
    Path program = directory.resolve("redis-server");
    if (Files.isExecutable(program)) {
      return program;
    }
    Files.createDirectories(directory);
    Path unpacking = Files.createTempDirectory(directory, "unpacking");
    try {
      Path unpacked = ExecutableProvider.newJarResourceProvider(unpacking.toFile()).get().toPath();
      if (!unpacked.toFile().setExecutable(true)) {
        throw new IOException("Could not make " + unpacked + " executable");
      }
      Files.move(unpacked, program, StandardCopyOption.ATOMIC_MOVE);
      return program;
    } finally {
      Files.deleteIfExists(unpacking);
    }
  }
}

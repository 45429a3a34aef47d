package io.thumbnailer.devservices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Redis that survived a killed JVM: found by its pid file and stopped before the next start. */
final class LeftoverRedis {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private LeftoverRedis() {}

  /**
   * Stops the server of a pid file. A process that does not run our program is left alone: the
   * operating system may have reused the number.
   *
   * @return the stopped process, if any
   */
  static Optional<Long> stop(Path pidFile, Path program) throws IOException {
    Optional<ProcessHandle> leftover =
        readPid(pidFile).flatMap(ProcessHandle::of).filter(process -> runs(process, program));
    if (leftover.isPresent()) {
      terminate(leftover.get());
    }
    Files.deleteIfExists(pidFile);
    return leftover.map(ProcessHandle::pid);
  }

  private static Optional<Long> readPid(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    String text = Files.readString(pidFile).strip();
    return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static boolean runs(ProcessHandle process, Path program) {
    return process.isAlive()
        && process.info().command().map(Path::of).filter(program::equals).isPresent();
  }

  private static void terminate(ProcessHandle process) throws IOException {
    process.destroy();
    if (!hasEnded(process)) {
      process.destroyForcibly();
      if (!hasEnded(process)) {
        throw new IOException("A leftover Redis (process " + process.pid() + ") did not end");
      }
    }
  }

  private static boolean hasEnded(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("Waiting for process " + process.pid() + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while stopping a leftover Redis", e);
    }
  }
}

package io.thumbnailer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {
  @TempDir Path directory;

  /** A worker that is in the middle of a job: prints where its original is and waits. */
  static final class Worker {
    private Worker() {}

    /** Takes the directory. */
    public static void main(String[] arguments) throws Exception {
      ScratchDirectory scratch = ScratchDirectory.open(Path.of(arguments[0]));
      Path original = scratch.newFile();
      Files.createFile(original.resolveSibling("." + original.getFileName() + ".part"));
      System.out.println(original);
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void theNextWorkerDeletesFilesOfAKilledOneAndKeepsThoseOfARunningOne() throws Exception {
    Process killed = startWorker();
    Process running = startWorker();
    try {
      Path left = original(killed);
      Path used = original(running);
      killed.destroyForcibly().waitFor();

      try (ScratchDirectory scratch = ScratchDirectory.open(directory)) {
        assertThat(left.getParent()).doesNotExist();
        assertThat(used).exists();
        assertThat(scratch.newFile()).exists();
      }
    } finally {
      killed.destroyForcibly();
      running.destroyForcibly().waitFor();
    }
  }

  @Test
  void aWorkerThatStopsLeavesNothing() throws IOException {
    ScratchDirectory scratch = ScratchDirectory.open(directory);
    assertThat(scratch.newFile()).exists();

    scratch.close();

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void filesOfOthersAreNotTouched() throws IOException {
    Path inTheMaking = Files.createDirectory(directory.resolve("thumbnailer-worker-1"));
    Path foreign = Files.createDirectory(directory.resolve("foreign"));
    Path file = Files.createFile(foreign.resolve("in-use"));
    Path link = Files.createSymbolicLink(directory.resolve("thumbnailer-worker-2"), foreign);

    ScratchDirectory.open(directory).close();

    assertThat(List.of(inTheMaking, file, link)).allMatch(Files::exists);
  }

  @Test
  void onlyTheOwnerCanReadTheDirectory() throws IOException {
    try (ScratchDirectory scratch = ScratchDirectory.open(directory);
        Stream<Path> directories = Files.list(directory)) {
      assertThat(scratch.newFile()).exists();
      assertThat(directories)
          .allSatisfy(
              created ->
                  assertThat(Files.getPosixFilePermissions(created))
                      .allMatch(permission -> permission.name().startsWith("OWNER")));
    }
  }

  private Process startWorker() throws IOException, URISyntaxException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            location(ScratchDirectory.class) + File.pathSeparator + location(Worker.class),
            Worker.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Path original(Process worker) throws IOException {
    try (BufferedReader output = worker.inputReader(StandardCharsets.UTF_8)) {
      return Path.of(output.readLine());
    }
  }

  private static Path location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}

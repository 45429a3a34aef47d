package io.thumbnailer.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevServicesMainTest {
  @TempDir Path directory;

  @Test
  void endsWithItsInputAndStopsRedis() throws IOException, InterruptedException {
    Process child = launch();
    try {
      List<String> lines = linesUntilReady(child);
      assertThat(lines).hasSize(6).allMatch(line -> line.matches("[A-Z0-9_]+=.+"));
      long redis = redisPid();
      child.getOutputStream().close();
      assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isZero();
      assertThat(ProcessHandle.of(redis).filter(ProcessHandle::isAlive)).isEmpty();
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void stopsTheRedisOfAKilledPredecessor() throws IOException, InterruptedException {
    Process killed = launch();
    linesUntilReady(killed);
    long redis = redisPid();
    killed.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(redis).filter(ProcessHandle::isAlive)).isPresent();
    Process successor = launch();
    try {
      linesUntilReady(successor);
      assertThat(ProcessHandle.of(redis).filter(ProcessHandle::isAlive)).isEmpty();
    } finally {
      successor.destroy();
      assertThat(successor.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(directory.resolve("redis/redis.pid")).doesNotExist();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            DevServicesMain.class.getName(),
            "--data=" + directory,
            "--redis-port=" + LocalPort.free(),
            "--s3-port=" + LocalPort.free())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> linesUntilReady(Process child) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals("READY")) {
        return lines;
      }
      lines.add(line);
    }
    throw new AssertionError("Ended before READY after " + lines);
  }

  private long redisPid() throws IOException {
    return Long.parseLong(Files.readString(directory.resolve("redis/redis.pid")).strip());
  }
}

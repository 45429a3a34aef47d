package io.thumbnailer.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server as a child process, on the loopback address, with an append-only file. It can
 * be stopped, killed and started again on the same port and data.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String PID_FILE = "redis.pid";

  private final int port;
  private final Path data;
  private Process process;

  /** A server that is not started; its data are kept in the folder. */
  public RedisServer(int port, Path data) {
    this.port = port;
    this.data = data.toAbsolutePath();
  }

  /**
   * Starts the server and waits until it answers. A server that an earlier process left behind on
   * the same data is stopped first.
   *
   * @throws UncheckedIOException when it does not start within 15 seconds
   */
  public void start() {
    try {
      Files.createDirectories(data);
      stopLeftover();
      process =
          new ProcessBuilder(command())
              .directory(data.toFile())
              .redirectErrorStream(true)
              .redirectOutput(data.resolve("redis.log").toFile())
              .start();
      Files.writeString(data.resolve(PID_FILE), Long.toString(process.pid()));
      awaitAnswer();
    } catch (IOException e) {
      throw new UncheckedIOException("Redis did not start on port " + port, e);
    }
  }

  private List<String> command() throws IOException {
    return List.of(
        ExecutableProvider.newJarResourceProvider(executableFolder().toFile())
            .get()
            .getAbsolutePath(),
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--dir",
        data.toString(),
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--save",
        "",
        "--maxmemory-policy",
        "noeviction");
  }

  private Path executableFolder() throws IOException {
    return Files.createDirectories(data.resolve("bin"));
  }

  private void stopLeftover() throws IOException {
    Path pidFile = data.resolve(PID_FILE);
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> leftover =
        ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
            .filter(p -> p.info().command().orElse("").contains("redis-server"));
    if (leftover.isPresent() && leftover.get().destroy()) {
      leftover.get().onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
    Files.deleteIfExists(pidFile);
  }

  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        socket.setSoTimeout(200);
        socket
            .getOutputStream()
            .write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() == '+') {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() > deadline || !process.isAlive()) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Redis starts", e);
    }
  }

  /** Stops the server in order; its data are on disk afterwards. */
  public void stop() {
    end(false);
  }

  /** Kills the server as a crash would. */
  public void kill() {
    end(true);
  }

  private void end(boolean forcibly) {
    if (process == null) {
      return;
    }
    if (forcibly) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    process = null;
  }

  /** Whether the process runs. */
  public boolean running() {
    return process != null && process.isAlive();
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Its address as a client's URI. */
  public String uri() {
    return "redis://localhost:" + port + "/0";
  }

  @Override
  public void close() {
    stop();
  }
}

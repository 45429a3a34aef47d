package io.thumbnailer.devservices;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real Redis server on the loopback interface, as a child process, with its append-only file in a
 * directory: data survives a restart, and {@link #kill} loses at most the last second.
 *
 * <p>Not for concurrent use.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2); // with all of its data to read
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 20;

  private final int port;
  private final Path directory;
  private final Optional<String> password;
  private final RedisMode mode;
  private Process process;

  private RedisServer(int port, Path directory, Optional<String> password, RedisMode mode) {
    this.port = port;
    this.directory = directory.toAbsolutePath().normalize();
    this.password = password;
    this.mode = mode;
  }

  /**
   * Starts a server without a password, and returns once it responds.
   *
   * @param port 1 to 65535, free
   * @param dataDir created if missing; a server left there by a killed JVM is stopped first
   * @throws DevServicesException if it does not respond within 20 seconds
   */
  public static RedisServer start(int port, Path dataDir) {
    return start(port, dataDir, Optional.empty());
  }

  /** Like {@link #start(int, Path)}, with a password that clients need if it is present. */
  public static RedisServer start(int port, Path dataDir, Optional<String> password) {
    RedisServer server = new RedisServer(port, dataDir, password, RedisMode.ALONE);
    server.launch();
    return server;
  }

  /**
   * Starts a cluster of one node, which has all slots.
   *
   * @param port 1 to 55535, free; the cluster takes the one 10000 above it as well
   */
  public static RedisServer startCluster(int port, Path dataDir) {
    RedisServer server = new RedisServer(port, dataDir, Optional.empty(), RedisMode.CLUSTER);
    server.launch();
    return server;
  }

  /**
   * Starts a sentinel for a server.
   *
   * @param port 1 to 65535, free
   * @param name the name under which clients find the server
   */
  public static RedisServer startSentinel(int port, Path dataDir, RedisServer master, String name) {
    RedisServer server =
        new RedisServer(port, dataDir, Optional.empty(), RedisMode.sentinel(name, master.port));
    server.launch();
    return server;
  }

  /** Restarts on the same port and data, after {@link #stop} or {@link #kill} or while running. */
  public void restart() {
    stop();
    launch();
  }

  /** Asks the server to write everything to disk and stop; kills it after 5 seconds. */
  public void stop() {
    if (process.isAlive()) {
      shutDown();
    }
    awaitEnd();
  }

  /** Kills the process immediately, like a crash. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Pauses the process (SIGSTOP): connections stay open, but nothing is answered. */
  public void freeze() {
    signal("STOP");
  }

  /** Resumes the process (SIGCONT) after {@link #freeze}. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      if (status != 0) {
        throw new DevServicesException("kill -" + name + " ended with " + status);
      }
    } catch (IOException e) {
      throw new DevServicesException("could not send SIG" + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevServicesException("interrupted", e);
    }
  }

  /** Whether the process runs. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** The process id of the newest start. */
  public long pid() {
    return process.pid();
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  /** The address for clients, with the password if there is one. */
  public URI uri() {
    String login = password.map(secret -> ":" + secret).orElse(null);
    try {
      return new URI("redis", login, "127.0.0.1", port, null, null, null);
    } catch (URISyntaxException e) {
      throw new DevServicesException("The password cannot be part of an address", e);
    }
  }

  /** The same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  private void launch() {
    try {
      Files.createDirectories(directory);
      Path program = RedisBinary.unpackInto(directory.resolve("bin")).toRealPath();
      LeftoverRedis.stop(pidFile(), program);
      Path log = directory.resolve("redis.log");
      process =
          new ProcessBuilder(mode.command(program, writeConfiguration()))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      awaitAnswer(log);
    } catch (IOException e) {
      throw new DevServicesException("Redis did not start on port " + port, e);
    }
  }

  private Path writeConfiguration() throws IOException {
    Path file = directory.resolve("redis.conf");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "bind 127.0.0.1",
                "port " + port,
                "dir " + quoted(directory.toString()),
                "pidfile " + quoted(pidFile().toString()),
                "appendonly yes",
                "appendfsync everysec",
                "save \"\"",
                "maxmemory-policy noeviction"));
    password.ifPresent(secret -> lines.add("requirepass " + quoted(secret)));
    lines.addAll(mode.configuration());
    Files.write(
        file,
        lines,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
    return file;
  }

  private Path pidFile() {
    return directory.resolve("redis.pid");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void awaitAnswer(Path log) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException("It did not respond; its log says: " + Files.readString(log).strip());
      }
      pause();
    }
  }

  private boolean answers() {
    try (RedisConnection connection = new RedisConnection(port, password)) {
      return connection.call("PING").equals("+PONG") && mode.isReady(connection);
    } catch (IOException notYet) {
      return false;
    }
  }

  private void shutDown() {
    try (RedisConnection connection = new RedisConnection(port, password)) {
      connection.call("SHUTDOWN");
    } catch (IOException closedByShutdown) {
      process.destroy();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while Redis starts", e);
    }
  }
}

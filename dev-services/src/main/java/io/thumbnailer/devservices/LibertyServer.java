package io.thumbnailer.devservices;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An ingest or worker server on the loopback interface, as it runs in production: from the packaged
 * project as a child process, or from its image in a container. Any number can run at the same
 * time.
 *
 * <p>Not for concurrent use.
 */
public final class LibertyServer implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 100;

  private final ServerPlatform platform;
  private final ServerRole role;
  private final Path directory;
  private final int port;
  private final int managementPort;
  private final Map<String, String> environment;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private Process process;

  private LibertyServer(
      ServerPlatform platform,
      ServerRole role,
      Path directory,
      int port,
      Map<String, String> environment) {
    this.platform = platform;
    this.role = role;
    this.directory = directory.toAbsolutePath().normalize();
    this.port = port;
    this.managementPort = role.hasManagementPort() ? LocalPort.free() : port;
    this.environment = new HashMap<>(environment);
    if (role.hasManagementPort()) {
      this.environment.put("MANAGEMENT_ENDPOINT", "separate");
      this.environment.put("MANAGEMENT_PORT", Integer.toString(managementPort));
    }
  }

  /**
   * Starts a server and returns immediately; {@link #awaitReady} waits for it.
   *
   * @param directory a directory for this server only: its configuration, logs and work area
   * @param port 1 to 65535, free
   * @param environment variables for the server, such as {@link DevServices#environment}; {@code
   *     JVM_ARGS} is one of the names that Liberty supports
   * @throws DevServicesException if the process cannot be started
   */
  public static LibertyServer start(
      ServerPlatform platform,
      ServerRole role,
      Path directory,
      int port,
      Map<String, String> environment) {
    LibertyServer server = new LibertyServer(platform, role, directory, port, environment);
    server.launch();
    return server;
  }

  /**
   * Waits until the server is ready: its application has started, and Redis and S3 are reachable.
   *
   * @throws DevServicesException if it is not ready within the limit, or if its process ended
   */
  public void awaitReady(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (status(management().resolve("/health/ready")) != 200) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new DevServicesException(
            "The "
                + role.serverName()
                + " server is not ready"
                + (process.isAlive() ? " within " + limit : ", it ended")
                + "; its log: "
                + log());
      }
      pause();
    }
  }

  /** Asks the server to stop, as Kubernetes does (SIGTERM), and waits up to 60 seconds. */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Asks the server to stop and returns immediately. */
  public void requestStop() {
    process.destroy();
  }

  /** Runs the command {@code server stop} and returns immediately. */
  public void requestStopByCommand() {
    try {
      platform.requestStop(role, directory);
    } catch (IOException e) {
      throw new DevServicesException("The " + role.serverName() + " server cannot be stopped", e);
    }
  }

  /** Kills the process immediately (SIGKILL), like a crash. */
  public void kill() {
    platform.kill(process, directory);
    awaitEnd();
  }

  /** Restarts in the same directory and on the same port, after {@link #stop} or {@link #kill}. */
  public void restart() {
    stop();
    launch();
  }

  /** Whether the process runs. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** The process of the latest start, for its id and exit code. */
  public Process process() {
    return process;
  }

  /** The server's address. */
  public URI uri() {
    return URI.create("http://localhost:" + port + "/");
  }

  /** The address of its probes and metrics. */
  public URI management() {
    return URI.create("http://localhost:" + managementPort + "/");
  }

  /** The file with the server's output since its latest start. */
  public Path log() {
    return directory.resolve("console.log");
  }

  /** The HTTP status of a GET, or -1 if there is no answer. */
  private int status(URI address) {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevServicesException("Interrupted while a server starts", e);
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
      process = platform.launch(role, directory, port, environment, log());
    } catch (IOException e) {
      throw new DevServicesException("The " + role.serverName() + " server did not start", e);
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

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevServicesException("Interrupted while a server starts", e);
    }
  }
}

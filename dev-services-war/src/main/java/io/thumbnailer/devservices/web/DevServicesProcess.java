package io.thumbnailer.devservices.web;

import io.thumbnailer.devservices.DataLocation;
import io.thumbnailer.devservices.DevServicesException;
import io.thumbnailer.devservices.DevServicesMain;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The development services in a separate JVM, so that their libraries stay out of the server's
 * class loaders. The child ends when its standard input ends, even if this JVM is killed.
 */
final class DevServicesProcess implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(DevServicesProcess.class.getName());
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final Process process;

  private DevServicesProcess(Process process) {
    this.process = process;
  }

  /** Starts the child; {@link #awaitReady} waits for it. */
  static DevServicesProcess launch(UserSettings user) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                DevServicesMain.class.getName(),
                "--data=" + DataLocation.resolve()));
    if (user.haveRedis()) {
      command.add("--no-redis");
    }
    if (user.haveS3()) {
      command.add("--no-s3");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", ChildClassPath.of(DevServicesMain.class));
    for (String key : List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")) {
      if (user.properties().containsKey(key)) {
        builder.environment().put(key, user.properties().get(key));
      }
    }
    DevServicesProcess started = new DevServicesProcess(builder.start());
    follow(
        "dev-services-log",
        started.process.errorReader(StandardCharsets.UTF_8),
        line -> LOGGER.log(Level.INFO, line),
        () -> LOGGER.log(Level.DEBUG, "The development services have ended"));
    return started;
  }

  /**
   * Waits until the services accept requests.
   *
   * @return the environment variables for applications
   * @throws DevServicesException if they do not within 60 seconds
   */
  Map<String, String> awaitReady() throws InterruptedException {
    CompletableFuture<Map<String, String>> ready = new CompletableFuture<>();
    Map<String, String> environment = new LinkedHashMap<>();
    follow(
        "dev-services-output",
        process.inputReader(StandardCharsets.UTF_8),
        line -> {
          int equals = line.indexOf('=');
          if (equals > 0) {
            environment.put(line.substring(0, equals), line.substring(equals + 1));
          } else if (line.equals("READY")) {
            ready.complete(Map.copyOf(environment));
          }
        },
        () -> ready.completeExceptionally(new EOFException("The output ended before READY")));
    try {
      return ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new DevServicesException(
          "The development services were not ready within "
              + START_LIMIT.toSeconds()
              + " s; the lines of "
              + LOGGER.getName()
              + " say why",
          e);
    }
  }

  /** Gives the child 5 seconds to end, then kills it. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  private static void follow(
      String name, BufferedReader lines, Consumer<String> consumer, Runnable atEnd) {
    Thread thread =
        new Thread(
            () -> {
              try (lines) {
                lines.lines().forEach(consumer);
              } catch (IOException | UncheckedIOException e) {
                LOGGER.log(Level.DEBUG, "The development services' output was cut off", e);
              } finally {
                atEnd.run();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}

package io.thumbnailer.devservices;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The services that an application needs on a developer's machine, started and stopped as one. */
public final class DevServices implements AutoCloseable {
  private static final String REGION = "us-east-1";

  private final Consumer<String> announcements;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private DevServices(Consumer<String> announcements) {
    this.announcements = announcements;
  }

  /**
   * Starts the configured services; if one fails, the others are stopped again.
   *
   * @param announcements receives one line at a time: what runs where, and which port or directory
   *     was used instead of the preferred one
   * @throws DevServicesException if a service cannot be started
   */
  public static DevServices start(DevServicesSettings settings, Consumer<String> announcements) {
    DevServices services = new DevServices(announcements);
    try {
      Path directory = services.takeDirectory(settings.dataDirectory());
      if (settings.redis()) {
        services.startRedis(settings, directory.resolve("redis"));
      }
      if (settings.s3()) {
        services.startS3(settings, directory.resolve("s3"));
      }
      return services;
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  /**
   * The environment variables with which an application finds these services, in a stable order.
   */
  public Map<String, String> environment() {
    return Collections.unmodifiableMap(environment);
  }

  /** Stops everything, the newest first. Safe to repeat. */
  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      AutoCloseable service = started.pop();
      try {
        service.close();
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        announcements.accept("A development service did not stop cleanly: " + e.getMessage());
      }
    }
  }

  private Path takeDirectory(Path preferred) {
    DataDirectory directory = DataDirectory.take(preferred);
    started.push(directory);
    if (!directory.path().equals(preferred.toAbsolutePath().normalize())) {
      announcements.accept(
          "Data directory " + preferred + " is in use; using " + directory.path() + " instead");
    }
    return directory.path();
  }

  private void startRedis(DevServicesSettings settings, Path directory) {
    int port = choosePort("Redis", settings.redisPort());
    RedisServer redis = RedisServer.start(port, directory);
    started.push(redis);
    environment.put("REDIS_URL", redis.uri().toString());
    announcements.accept("Redis runs on " + redis.uri() + ", data in " + directory);
  }

  private void startS3(DevServicesSettings settings, Path directory) {
    int port = choosePort("S3", settings.s3Port());
    S3Server s3 = S3Server.start(port, directory, settings.accessKey(), settings.secretKey());
    started.push(s3);
    s3.createBucket(settings.bucket());
    if (!s3.keepsMetadata()) {
      announcements.accept("S3 loses metadata: no extended attributes on the disk of " + directory);
    }
    environment.put("AWS_S3_BUCKET_NAME", settings.bucket());
    environment.put("AWS_REGION", REGION);
    environment.put("AWS_ACCESS_KEY_ID", settings.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", settings.secretKey());
    environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    announcements.accept(
        "S3 runs on " + s3.endpoint() + ", bucket " + settings.bucket() + ", data in " + directory);
  }

  private int choosePort(String service, int preferred) {
    if (LocalPort.isFree(preferred)) {
      return preferred;
    }
    int other = LocalPort.free();
    announcements.accept(
        "Port " + preferred + " for " + service + " is in use; using " + other + " instead");
    return other;
  }
}

package io.thumbnailer.scalinglab.local;

import io.thumbnailer.devservices.LibertyInstallation;
import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.devservices.S3Delay;
import io.thumbnailer.devservices.S3Server;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.job.ThumbnailJob;
import io.thumbnailer.messaging.MessageBrowser;
import io.thumbnailer.messaging.redis.RedisMessagingContext;
import io.thumbnailer.messaging.redis.RedisSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The services except the workers: Redis, S3 and one ingest server, on free ports of this machine.
 */
public final class LocalServices implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final String BUCKET = "photos";
  private static final String KEY = "scaling-lab";

  private final LibertyInstallation installation;
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final LibertyServer ingest;
  private final MessageBrowser queue;
  private int workers;

  /**
   * Starts the services.
   *
   * @param project the built project
   * @param directory for data, configuration and logs
   * @param delay of each call to S3
   */
  public LocalServices(Path project, Path directory, S3Delay delay) {
    this.installation = new LibertyInstallation(project);
    this.directory = directory;
    RedisServer redis = RedisServer.start(LocalPort.free(), directory.resolve("redis"));
    started.push(redis);
    S3Server s3 = S3Server.start(LocalPort.free(), directory.resolve("s3"), KEY, KEY, delay);
    started.push(s3);
    s3.createBucket(BUCKET);
    environment.put("THUMBNAILER_ACCESS", "open");
    environment.put("REDIS_URL", redis.uri().toString());
    environment.put("AWS_S3_BUCKET_NAME", BUCKET);
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", KEY);
    environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    RedisMessagingContext messaging =
        RedisMessagingContext.connect(
            new RedisSettings(
                redis.uri().toString(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                "thumbnailer",
                Duration.ofDays(7),
                Duration.ofDays(7)));
    started.push(messaging);
    queue = messaging.createBrowser(ThumbnailJob.QUEUE);
    ingest = launch(ServerRole.INGEST, "ingest", Map.of("JVM_ARGS", "-Xmx384m"));
    started.push(ingest);
    try {
      ingest.awaitReady(START_LIMIT);
    } catch (RuntimeException e) { // no caller has this object yet to close it
      close();
      throw e;
    }
  }

  /** The address of ingest. */
  public URI address() {
    return ingest.uri();
  }

  /** The queue of the jobs. */
  public MessageBrowser queue() {
    return queue;
  }

  /** Starts a worker that does one job at a time, without waiting for it. */
  LibertyServer launchWorker() {
    return launch(
        ServerRole.WORKER,
        "worker-" + ++workers,
        Map.of(
            "JVM_ARGS",
            "-Xmx384m -XX:ActiveProcessorCount=1",
            "THUMBNAILER_WORKER_CONCURRENCY",
            "1"));
  }

  private LibertyServer launch(ServerRole role, String name, Map<String, String> settings) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.putAll(settings);
    Path home = directory.resolve(name);
    return LibertyServer.start(installation, role, home, LocalPort.free(), variables);
  }

  /** Stops all of them, even if the thread has been interrupted. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        interrupted |= e instanceof InterruptedException;
        System.getLogger(LocalServices.class.getName())
            .log(System.Logger.Level.WARNING, "a service did not stop cleanly", e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.thumbnailer.systemtests;

import io.thumbnailer.devservices.LibertyServer;
import io.thumbnailer.devservices.LocalPort;
import io.thumbnailer.devservices.RedisServer;
import io.thumbnailer.devservices.S3Server;
import io.thumbnailer.devservices.ServerPlatform;
import io.thumbnailer.devservices.ServerRole;
import io.thumbnailer.digest.Sha256;
import io.thumbnailer.storage.S3ObjectStore;
import io.thumbnailer.storage.S3Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A whole deployment on free ports of this machine: Redis, S3, and as many servers as are started.
 * Every server is a process of its own. Closing it ends everything.
 */
public final class Deployment implements AutoCloseable {
  /** Long, because shared test machines are slow. */
  public static final Duration START_LIMIT = Duration.ofMinutes(10);

  /** A key of the admin role on every ingest server, unless its settings say otherwise. */
  public static final String ADMIN_KEY = "admin-key-of-the-system-tests";

  private static final String BUCKET = "photos";

  /**
   * A small heap without the second compiler, which does not pay off in servers that live for a
   * minute.
   */
  private static final String QUICK_START = "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final ServerPlatform platform = TestedServers.platform();
  private final Path directory;
  private final RedisServer redis;
  private final S3Server s3;
  private final S3ObjectStore objects;
  private final Deque<Runnable> started = new ArrayDeque<>();
  private int servers;

  private Deployment(Path directory) {
    this.directory = directory;
    redis = RedisServer.start(LocalPort.free(), directory.resolve("redis"));
    started.push(redis::close);
    s3 = S3Server.start(LocalPort.free(), directory.resolve("s3"), "test", "testtest");
    started.push(s3::close);
    s3.createBucket(BUCKET);
    objects = S3ObjectStore.open(storageSettings());
    started.push(objects::close);
  }

  /**
   * Starts Redis and S3; servers are started one by one.
   *
   * @param directory for the data, configuration and logs of all of them
   */
  public static Deployment start(Path directory) {
    return new Deployment(directory);
  }

  /** Starts an ingest or worker server and waits until it is ready. */
  public LibertyServer startServer(ServerRole role, Map<String, String> settings) {
    LibertyServer server = launchServer(role, settings);
    server.awaitReady(START_LIMIT);
    return server;
  }

  /** Starts an ingest or worker server without waiting for it. */
  public LibertyServer launchServer(ServerRole role, Map<String, String> settings) {
    Map<String, String> environment = environment();
    environment.put("JVM_ARGS", QUICK_START);
    environment.put("THUMBNAILER_ACCESS", "open");
    environment.put("THUMBNAILER_ACCESS_KEYS_OPERATOR", keySetting(ADMIN_KEY, "admin"));
    environment.putAll(settings);
    LibertyServer server =
        LibertyServer.start(
            platform,
            role,
            directory.resolve(role.serverName() + "-" + ++servers),
            LocalPort.free(),
            environment);
    started.push(server::close);
    return server;
  }

  /**
   * How configuration describes a key.
   *
   * @param rest role and limits, such as {@code client,rate=10/s}
   */
  public static String keySetting(String key, String rest) {
    return "sha256:" + Sha256.hex(key) + "," + rest;
  }

  /** The environment variables that configure a server for this Redis and S3. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("REDIS_URL", redis.uri().toString());
    environment.put("AWS_S3_BUCKET_NAME", BUCKET);
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", s3.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", s3.secretKey());
    environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    return environment;
  }

  /** The Redis of the deployment, which tests may stop and restart. */
  public RedisServer redis() {
    return redis;
  }

  /** The S3 server of the deployment, which tests may stop and restart. */
  public S3Server s3() {
    return s3;
  }

  /** Opens the bucket. */
  public S3ObjectStore objects() {
    return objects;
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      started.pop().run();
    }
  }

  private S3Settings storageSettings() {
    return S3Settings.of(
        BUCKET,
        Optional.of("us-east-1"),
        Optional.of(s3.endpoint()),
        Optional.of(new S3Settings.Credentials(s3.accessKey(), s3.secretKey())));
  }
}

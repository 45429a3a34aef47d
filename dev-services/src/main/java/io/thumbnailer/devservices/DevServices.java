package io.thumbnailer.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Redis and S3 with a bucket, and the environment that points the applications at them. */
public final class DevServices implements AutoCloseable {
  private static final int REDIS_PORT = 6379;
  private static final int S3_PORT = 9000;
  private static final String BUCKET = "thumbnailer";

  private final FileChannel lock;
  private final RedisServer redis;
  private final S3Server s3;

  private DevServices(FileChannel lock, RedisServer redis, S3Server s3) {
    this.lock = lock;
    this.redis = redis;
    this.s3 = s3;
  }

  /**
   * Starts both services on their usual ports, or on others when those are busy.
   *
   * @param data where their data are kept between runs; while another process uses it, a folder
   *     beside it is taken
   */
  public static DevServices start(Path data) {
    FileChannel lock = null;
    Path folder = data.toAbsolutePath();
    for (int i = 2; lock == null; i++) {
      lock = tryLock(folder);
      if (lock == null) {
        Path next = data.resolveSibling(data.getFileName() + "-" + i);
        System.err.printf("The data in %s are in use: %s is taken instead.%n", folder, next);
        folder = next.toAbsolutePath();
      }
    }
    RedisServer redis =
        new RedisServer(Ports.preferred(REDIS_PORT, "Redis"), folder.resolve("redis"));
    redis.start();
    S3Server s3 = new S3Server(Ports.preferred(S3_PORT, "S3"), folder.resolve("s3"));
    s3.start();
    s3.createBucket(BUCKET);
    return new DevServices(lock, redis, s3);
  }

  private static FileChannel tryLock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return null;
      }
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + folder, e);
    }
  }

  /** What points the applications at the services, by environment name. */
  public Map<String, String> environment() {
    return environment(redis, s3, BUCKET);
  }

  /** What points the applications at these services, by environment name. */
  public static Map<String, String> environment(RedisServer redis, S3Server s3, String bucket) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("REDIS_URL", redis.uri());
    environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    environment.put("AWS_S3_BUCKET_NAME", bucket);
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY_ID);
    environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_ACCESS_KEY);
    return environment;
  }

  @Override
  public void close() {
    s3.stop();
    redis.stop();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("could not give the data folder back", e);
    }
  }
}

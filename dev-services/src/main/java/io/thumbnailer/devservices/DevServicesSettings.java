package io.thumbnailer.devservices;

import java.nio.file.Path;

/**
 * The services to start, and where.
 *
 * @param dataDirectory for the data of both services; a sibling is used if it is locked
 * @param redisPort preferred TCP port, 1 to 65535
 * @param s3Port preferred TCP port, 1 to 65535
 * @param bucket created at the start
 * @param accessKey that S3 clients sign with
 * @param secretKey that S3 clients sign with
 * @param redis whether to start Redis
 * @param s3 whether to start S3
 */
public record DevServicesSettings(
    Path dataDirectory,
    int redisPort,
    int s3Port,
    String bucket,
    String accessKey,
    String secretKey,
    boolean redis,
    boolean s3) {

  private static final int REDIS_PORT = 6379;
  private static final int S3_PORT = 9000;

  /** Both services on their usual ports, with a bucket and credentials for development. */
  public static DevServicesSettings in(Path dataDirectory) {
    return new DevServicesSettings(
        dataDirectory, REDIS_PORT, S3_PORT, "thumbnailer-dev", "test", "testtest", true, true);
  }

  /** Returns a copy with other preferred ports. */
  public DevServicesSettings withPorts(int newRedisPort, int newS3Port) {
    return new DevServicesSettings(
        dataDirectory, newRedisPort, newS3Port, bucket, accessKey, secretKey, redis, s3);
  }

  /** Returns a copy with another data directory. */
  public DevServicesSettings withDataDirectory(Path newDataDirectory) {
    return new DevServicesSettings(
        newDataDirectory, redisPort, s3Port, bucket, accessKey, secretKey, redis, s3);
  }

  /** Returns a copy with another bucket. */
  public DevServicesSettings withBucket(String newBucket) {
    return new DevServicesSettings(
        dataDirectory, redisPort, s3Port, newBucket, accessKey, secretKey, redis, s3);
  }

  /** Returns a copy with other S3 credentials. */
  public DevServicesSettings withCredentials(String newAccessKey, String newSecretKey) {
    return new DevServicesSettings(
        dataDirectory, redisPort, s3Port, bucket, newAccessKey, newSecretKey, redis, s3);
  }

  /** Returns a copy without Redis. */
  public DevServicesSettings withoutRedis() {
    return new DevServicesSettings(
        dataDirectory, redisPort, s3Port, bucket, accessKey, secretKey, false, s3);
  }

  /** Returns a copy without S3. */
  public DevServicesSettings withoutS3() {
    return new DevServicesSettings(
        dataDirectory, redisPort, s3Port, bucket, accessKey, secretKey, redis, false);
  }
}

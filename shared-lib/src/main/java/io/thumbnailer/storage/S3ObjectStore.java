package io.thumbnailer.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A bucket of S3, or of another server of its protocol. Thread-safe. */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

  private final S3Client s3;
  private final String bucket;

  S3ObjectStore(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** Opens the bucket; nothing is sent until the first call. */
  public static S3ObjectStore open(S3Settings settings) {
    return new S3ObjectStore(S3Clients.create(settings), settings.bucket());
  }

  @Override
  public void put(String key, Path file, String contentType, Map<String, String> metadata) {
    put(key, RequestBody.fromFile(file), contentType, metadata);
  }

  @Override
  public void put(String key, byte[] content, String contentType, Map<String, String> metadata) {
    put(key, RequestBody.fromBytes(content), contentType, metadata);
  }

  private void put(String key, RequestBody body, String type, Map<String, String> metadata) {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType(type)
            .metadata(MetadataText.encode(metadata))
            .build();
    var unused = call("put " + key, () -> s3.putObject(request, body));
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return found("head " + key, () -> s3.headObject(r -> r.bucket(bucket).key(key)))
        .map(head -> info(key, head));
  }

  @Override
  public Optional<StoredObject> open(String key) {
    GetObjectRequest request = GetObjectRequest.builder().bucket(bucket).key(key).build();
    return found("get " + key, () -> s3.getObject(request))
        .map(body -> new StoredObject(info(key, body.response()), body));
  }

  @Override
  public Optional<ObjectInfo> download(String key, Path target) {
    Optional<StoredObject> found = open(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (StoredObject object = found.get()) {
      Path partial = Files.createTempFile(target.toAbsolutePath().getParent(), "download-", null);
      try {
        var unused = Files.copy(object.content(), partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
      return Optional.of(object.info());
    } catch (IOException | SdkException e) {
      throw new StorageException("could not get " + key, e);
    }
  }

  @Override
  public void delete(String key) {
    var unused = call("delete " + key, () -> s3.deleteObject(r -> r.bucket(bucket).key(key)));
  }

  @Override
  public ObjectPage list(String prefix, Optional<String> startAfter, int limit) {
    ListObjectsV2Response page =
        call(
            "list " + prefix,
            () ->
                s3.listObjectsV2(
                    r ->
                        r.bucket(bucket)
                            .prefix(prefix)
                            .startAfter(startAfter.orElse(null))
                            .maxKeys(limit)));
    return new ObjectPage(
        page.contents().stream()
            .map(
                o ->
                    new ObjectInfo(
                        o.key(), o.size(), unquoted(o.eTag()), "", o.lastModified(), Map.of()))
            .toList(),
        page.isTruncated());
  }

  @Override
  public void checkReachable() {
    var unused =
        call(
            "reach bucket " + bucket,
            () ->
                s3.headBucket(
                    r ->
                        r.bucket(bucket)
                            .overrideConfiguration(c -> c.apiCallTimeout(PROBE_TIMEOUT))));
  }

  private static <T> Optional<T> found(String action, Supplier<T> request) {
    return call(
        action,
        () -> {
          try {
            return Optional.of(request.get());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  private static <T> T call(String action, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw new StorageException("could not " + action + ": " + e.getMessage(), e);
    }
  }

  private static ObjectInfo info(String key, HeadObjectResponse head) {
    return info(
        key,
        head.contentLength(),
        head.eTag(),
        head.contentType(),
        head.lastModified(),
        head.metadata());
  }

  private static ObjectInfo info(String key, GetObjectResponse get) {
    return info(
        key,
        get.contentLength(),
        get.eTag(),
        get.contentType(),
        get.lastModified(),
        get.metadata());
  }

  private static ObjectInfo info(
      String key,
      long size,
      String eTag,
      String contentType,
      Instant lastModified,
      Map<String, String> metadata) {
    return new ObjectInfo(
        key,
        size,
        unquoted(eTag),
        Optional.ofNullable(contentType).orElse(""),
        lastModified,
        MetadataText.decode(metadata));
  }

  private static String unquoted(String eTag) {
    return eTag.replace("\"", "");
  }

  @Override
  public void close() {
    s3.close();
  }
}

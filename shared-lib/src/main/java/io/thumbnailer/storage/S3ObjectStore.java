package io.thumbnailer.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects in one bucket of AWS S3 or of a compatible server. Safe for concurrent use. */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int MAX_PAGE = 1_000;

  private final String bucket;
  private final S3Clients clients;
  private final S3Presigning presigning;
  private final S3Timeouts timeouts;
  private final S3Availability availability;

  private S3ObjectStore(S3Settings settings, S3Clients clients) {
    this.bucket = settings.bucket();
    this.clients = clients;
    this.presigning = new S3Presigning(settings, clients.credentials());
    this.timeouts = new S3Timeouts(settings);
    this.availability = new S3Availability(bucket, this::askForBucket);
  }

  /**
   * Creates the clients; nothing is sent yet.
   *
   * @throws StorageException if the region cannot be determined
   */
  public static S3ObjectStore open(S3Settings settings) {
    try {
      return new S3ObjectStore(settings, S3Clients.open(settings));
    } catch (SdkException e) {
      throw new StorageException("could not set up the client for bucket " + settings.bucket(), e);
    }
  }

  @Override
  public void put(String key, Path file, String contentType, Map<String, String> metadata) {
    put(key, FileContent.of(file, contentType), contentType, metadata);
  }

  @Override
  public void put(String key, byte[] content, String contentType, Map<String, String> metadata) {
    put(key, RequestBody.fromBytes(content), contentType, metadata);
  }

  @Override
  public boolean create(
      String key,
      byte[] content,
      String contentType,
      String cacheControl,
      Map<String, String> metadata) {
    return create(
        key,
        RequestBody.fromBytes(content),
        metadata,
        request -> request.contentType(contentType).cacheControl(cacheControl));
  }

  @Override
  public boolean create(String key, Path file, String contentType, Map<String, String> metadata) {
    return create(
        key,
        FileContent.of(file, contentType),
        metadata,
        request -> request.contentType(contentType));
  }

  private boolean create(
      String key,
      RequestBody body,
      Map<String, String> metadata,
      Consumer<PutObjectRequest.Builder> headers) {
    Map<String, String> encoded = UserMetadata.encode(metadata);
    return attempt(
        "create " + key,
        () -> {
          try {
            var unused =
                clients
                    .data()
                    .putObject(
                        request -> {
                          headers.accept(request);
                          request.bucket(bucket).key(key).metadata(encoded).ifNoneMatch("*");
                          timeouts.forBody(body).ifPresent(request::overrideConfiguration);
                        },
                        body);
            return true;
          } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
              return false;
            }
            throw e;
          }
        });
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return find(
        "read the description of " + key,
        () ->
            ObjectDescription.of(
                key, clients.data().headObject(request -> request.bucket(bucket).key(key))));
  }

  @Override
  public Optional<StoredObject> open(String key) {
    return find(
        "open " + key,
        () -> {
          ResponseInputStream<GetObjectResponse> content =
              clients.data().getObject(request -> request.bucket(bucket).key(key));
          return new StoredObject(ObjectDescription.of(key, content.response()), content);
        });
  }

  @Override
  public Optional<ObjectInfo> download(String key, Path target) {
    Path absolute = target.toAbsolutePath();
    Path part =
        absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Optional<ObjectInfo> downloaded =
          find(
              "download " + key,
              () ->
                  ObjectDescription.of(
                      key,
                      clients
                          .data()
                          .getObject(
                              request ->
                                  request
                                      .bucket(bucket)
                                      .key(key)
                                      .overrideConfiguration(timeouts.forDownload()),
                              ResponseTransformer.toFile(part))));
      if (downloaded.isPresent()) {
        Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
      }
      return downloaded;
    } catch (IOException e) {
      throw new StorageException("could not write " + key + " to " + absolute, e);
    } finally {
      part.toFile().delete();
    }
  }

  @Override
  public void delete(String key) {
    find(
        "delete " + key,
        () -> clients.data().deleteObject(request -> request.bucket(bucket).key(key)));
  }

  @Override
  public ObjectPage list(String prefix, Optional<String> startAfter, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE + ": " + limit);
    }
    ListObjectsV2Response page =
        attempt(
            "list " + prefix + "*",
            () ->
                clients
                    .data()
                    .listObjectsV2(
                        request ->
                            request
                                .bucket(bucket)
                                .prefix(prefix)
                                .startAfter(startAfter.orElse(null))
                                .maxKeys(limit)));
    List<ObjectInfo> objects = page.contents().stream().map(ObjectDescription::of).toList();
    return new ObjectPage(objects, page.isTruncated());
  }

  @Override
  public PresignedUpload presignPut(
      String key, String contentType, long size, Map<String, String> metadata, Duration validity) {
    return presigning.put(key, contentType, size, metadata, validity);
  }

  @Override
  public URI presignGet(String key, String cacheControl, Duration validity) {
    return presigning.get(key, cacheControl, validity);
  }

  /** Makes one attempt of at most 2 seconds. */
  @Override
  public void checkReachable() {
    attempt(
        "reach it",
        () -> {
          askForBucket();
          return null;
        });
  }

  private void askForBucket() {
    var unused = clients.probe().headBucket(request -> request.bucket(bucket));
  }

  /** Closes the connections; running calls fail. */
  @Override
  public void close() {
    availability.close();
    presigning.close();
    clients.close();
  }

  private void put(String key, RequestBody body, String contentType, Map<String, String> metadata) {
    Map<String, String> encoded = UserMetadata.encode(metadata);
    attempt(
        "store " + key,
        () ->
            clients
                .data()
                .putObject(
                    request -> {
                      request.bucket(bucket).key(key).contentType(contentType).metadata(encoded);
                      timeouts.forBody(body).ifPresent(request::overrideConfiguration);
                    },
                    body));
  }

  private <T> Optional<T> find(String what, Supplier<T> call) {
    return attempt(
        what,
        () -> {
          try {
            return Optional.of(call.get());
          } catch (NoSuchBucketException e) {
            throw e;
          } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private <T> T attempt(String what, Supplier<T> call) {
    return availability.attempt(what, call);
  }
}

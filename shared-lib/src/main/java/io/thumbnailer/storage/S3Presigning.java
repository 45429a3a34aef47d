package io.thumbnailer.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** Signs requests that others will send; sends nothing itself. */
final class S3Presigning implements AutoCloseable {
  /** Headers that every HTTP client sends by itself. */
  private static final Set<String> BY_ITSELF = Set.of("host", "content-length");

  private final String bucket;
  private final S3Presigner presigner;

  S3Presigning(S3Settings settings, AwsCredentialsProvider credentials) {
    this.bucket = settings.bucket();
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .credentialsProvider(credentials)
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(settings.pathStyle()).build());
    settings.region().map(Region::of).ifPresent(builder::region);
    settings
        .endpointOverride()
        .ifPresent(
            endpoint -> {
              builder.endpointOverride(endpoint);
              if (settings.region().isEmpty()) {
                builder.region(Region.US_EAST_1);
              }
            });
    this.presigner = builder.build();
  }

  PresignedUpload put(
      String key, String contentType, long size, Map<String, String> metadata, Duration validity) {
    Map<String, String> encoded = UserMetadata.encode(metadata);
    try {
      PresignedPutObjectRequest signed =
          presigner.presignPutObject(
              request ->
                  request
                      .signatureDuration(validity)
                      .putObjectRequest(
                          put ->
                              put.bucket(bucket)
                                  .key(key)
                                  .contentType(contentType)
                                  .contentLength(size)
                                  .metadata(encoded)));
      Map<String, String> headers = new LinkedHashMap<>();
      signed
          .signedHeaders()
          .forEach(
              (name, values) -> {
                if (!BY_ITSELF.contains(name)) {
                  headers.put(name, String.join(",", values));
                }
              });
      return new PresignedUpload(signed.url().toURI(), headers, signed.expiration());
    } catch (SdkException | URISyntaxException e) {
      throw new StorageException(
          "Bucket " + bucket + ": could not presign the upload of " + key, e);
    }
  }

  URI get(String key, String cacheControl, Duration validity) {
    try {
      PresignedGetObjectRequest signed =
          presigner.presignGetObject(
              request ->
                  request
                      .signatureDuration(validity)
                      .getObjectRequest(
                          get -> get.bucket(bucket).key(key).responseCacheControl(cacheControl)));
      return signed.url().toURI();
    } catch (SdkException | URISyntaxException e) {
      throw new StorageException(
          "Bucket " + bucket + ": could not presign the download of " + key, e);
    }
  }

  @Override
  public void close() {
    presigner.close();
  }
}

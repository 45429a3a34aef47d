package io.thumbnailer.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Translates S3's descriptions of objects. */
final class ObjectDescription {
  private ObjectDescription() {}

  static ObjectInfo of(String key, HeadObjectResponse head) {
    return of(
        key,
        head.contentLength(),
        head.eTag(),
        head.contentType(),
        head.lastModified(),
        head.metadata());
  }

  static ObjectInfo of(String key, GetObjectResponse got) {
    return of(
        key,
        got.contentLength(),
        got.eTag(),
        got.contentType(),
        got.lastModified(),
        got.metadata());
  }

  static ObjectInfo of(S3Object listed) {
    return of(listed.key(), listed.size(), listed.eTag(), null, listed.lastModified(), Map.of());
  }

  private static ObjectInfo of(
      String key,
      long size,
      String eTag,
      String contentType,
      Instant lastModified,
      Map<String, String> metadata) {
    return new ObjectInfo(
        key,
        size,
        Optional.ofNullable(eTag).orElse("").replace("\"", ""),
        Optional.ofNullable(contentType).orElse(""),
        lastModified,
        UserMetadata.decode(metadata));
  }
}

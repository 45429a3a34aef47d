package io.thumbnailer.storage;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Object storage: one bucket of keys and bytes. Every method throws {@link StorageException} if the
 * store is unreachable or refuses.
 */
public interface ObjectStore {

  /**
   * Stores a file under a key, replacing an existing object.
   *
   * @param metadata user metadata; any text in values, encoded as the store needs
   */
  void put(String key, Path file, String contentType, Map<String, String> metadata);

  /** Stores bytes under a key, replacing an existing object. */
  void put(String key, byte[] content, String contentType, Map<String, String> metadata);

  /**
   * Stores bytes under a key unless the key exists, in one atomic step if the store supports
   * conditional writes (S3 does since 2024).
   *
   * @param cacheControl the {@code Cache-Control} header that the store sends with the object
   * @return false if the key exists; the object is unchanged
   */
  boolean create(
      String key,
      byte[] content,
      String contentType,
      String cacheControl,
      Map<String, String> metadata);

  /**
   * Stores a file under a key unless the key exists, in one atomic step if the store supports
   * conditional writes.
   *
   * @return false if the key exists; the object is unchanged
   */
  boolean create(String key, Path file, String contentType, Map<String, String> metadata);

  /** The description of an object, without its bytes. */
  Optional<ObjectInfo> head(String key);

  /**
   * Opens the bytes of a key as a stream; the caller closes it.
   *
   * @return empty if there is no such key
   */
  Optional<StoredObject> open(String key);

  /**
   * Copies the bytes of a key to a file, replacing it.
   *
   * @return empty if there is no such key; the file is then unchanged
   */
  Optional<ObjectInfo> download(String key, Path target);

  /** Deletes a key; deleting a missing key is not an error. */
  void delete(String key);

  /**
   * One page of keys in lexical order. Metadata is not included.
   *
   * @param startAfter empty for the first page, then the previous page's last key
   * @param limit 1 to 1000
   */
  ObjectPage list(String prefix, Optional<String> startAfter, int limit);

  /**
   * Presigns the upload of an object of exactly this type, size and metadata.
   *
   * @param validity at most seven days
   */
  PresignedUpload presignPut(
      String key, String contentType, long size, Map<String, String> metadata, Duration validity);

  /**
   * Presigns a URL from which anyone can download an object.
   *
   * @param cacheControl overrides the {@code Cache-Control} header that was stored with the object
   * @param validity at most seven days
   */
  URI presignGet(String key, String cacheControl, Duration validity);

  /** Checks that the bucket exists; throws {@link StorageException} if not. */
  void checkReachable();
}

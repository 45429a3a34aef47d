package io.thumbnailer.storage;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Object storage: one bucket of keys and bytes. Every method throws {@link StorageException} when
 * the store cannot be reached or refuses.
 */
public interface ObjectStore {

  /**
   * Stores a file under a key, replacing what was there.
   *
   * @param metadata user metadata; any text in values, encoded as the store needs
   */
  void put(String key, Path file, String contentType, Map<String, String> metadata);

  /** Stores bytes under a key, replacing what was there. */
  void put(String key, byte[] content, String contentType, Map<String, String> metadata);

  /**
   * Stores bytes under a key unless there is something already, in one atomic step where the store
   * has conditional writes (S3 has them since 2024).
   *
   * @param cacheControl what the store tells caches when it delivers the object itself
   * @return false when there was something: it is untouched
   */
  boolean create(
      String key,
      byte[] content,
      String contentType,
      String cacheControl,
      Map<String, String> metadata);

  /** What the store knows of a key, without its bytes. */
  Optional<ObjectInfo> head(String key);

  /**
   * Opens the bytes of a key as a stream; the caller closes it.
   *
   * @return empty when there is no such key
   */
  Optional<StoredObject> open(String key);

  /**
   * Copies the bytes of a key to a file, replacing it.
   *
   * @return empty when there is no such key; the file is then untouched
   */
  Optional<ObjectInfo> download(String key, Path target);

  /** Removes a key; removing what is not there is no error. */
  void delete(String key);

  /**
   * One page of keys in lexical order. Metadata is not included.
   *
   * @param startAfter empty for the first page, then the previous page's last key
   * @param limit 1 to 1000
   */
  ObjectPage list(String prefix, Optional<String> startAfter, int limit);

  /**
   * Signs leave to store an object of exactly this type, size and metadata.
   *
   * @param validity at most seven days
   */
  PresignedUpload presignPut(
      String key, String contentType, long size, Map<String, String> metadata, Duration validity);

  /**
   * Signs an address that anybody can get an object from.
   *
   * @param cacheControl what caches are told then, in the place of what was stored with the object
   * @param validity at most seven days
   */
  URI presignGet(String key, String cacheControl, Duration validity);

  /** Asks the store whether the bucket is there; throws {@link StorageException} when not. */
  void checkReachable();
}

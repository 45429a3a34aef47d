package io.thumbnailer.ingest.thumbnail;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import io.thumbnailer.storage.ObjectStore;
import io.thumbnailer.storage.StorageException;
import io.thumbnailer.storage.StoredObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads a whole thumbnail before it is sent, so that a slow client holds no connection to storage.
 * The number of concurrent reads and their memory are limited. Safe for concurrent use.
 */
@Singleton
public class DeliveryBudget {
  /** The maximum number of thumbnails that are read at the same time. */
  private static final int MOST = 128;

  /** The memory for all of them, in KiB. */
  private static final int MOST_KIB = 48 * 1024;

  private static final int KIB = 1024;

  private final ObjectStore objects;
  private final Semaphore reads = new Semaphore(MOST);
  private final Semaphore memory = new Semaphore(MOST_KIB);

  @Inject
  public DeliveryBudget(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * Reads an object.
   *
   * @param size of the object in bytes
   * @return empty if there is no such object
   * @throws ProblemException if too many are being read
   * @throws StorageException if storage cannot be read
   */
  Optional<byte[]> read(String key, long size) {
    long kib = size / KIB + 1;
    if (kib > MOST_KIB || !reads.tryAcquire()) {
      throw busy();
    }
    try {
      if (!memory.tryAcquire((int) kib)) {
        throw busy();
      }
      try {
        return content(key, (int) size);
      } finally {
        memory.release((int) kib);
      }
    } finally {
      reads.release();
    }
  }

  private Optional<byte[]> content(String key, int size) {
    try (StoredObject object = objects.open(key).orElse(null)) {
      return object == null ? Optional.empty() : Optional.of(object.content().readNBytes(size));
    } catch (IOException e) {
      throw new StorageException("could not read " + key, e);
    }
  }

  private static ProblemException busy() {
    return new ProblemException(
        ProblemCode.OVERLOADED, "too many thumbnails are being read; try again later");
  }
}

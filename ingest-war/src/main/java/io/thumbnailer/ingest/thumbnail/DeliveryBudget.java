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
 * Reads a whole thumbnail before it is sent, so that a slow client holds a bounded amount of memory
 * and a thread, but no connection to storage. Safe for concurrent use.
 */
@Singleton
public class DeliveryBudget {
  /** The maximum number of thumbnails that are sent at the same time. */
  private static final int MOST = 128;

  /** The memory for all of them, in KiB. */
  private static final int MOST_KIB = 48 * 1024;

  private static final int KIB = 1024;

  private final ObjectStore objects;
  private final Semaphore deliveries = new Semaphore(MOST);
  private final Semaphore memory = new Semaphore(MOST_KIB);

  @Inject
  public DeliveryBudget(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * Reads an object whose bytes count until the delivery is closed.
   *
   * @param size of the object in bytes
   * @return empty if there is no such object
   * @throws ProblemException if too many are being sent
   * @throws StorageException if storage cannot be read
   */
  Optional<Delivery> read(String key, long size) {
    Delivery delivery = admit(size);
    try (StoredObject object = objects.open(key).orElse(null)) {
      if (object == null) {
        delivery.close();
        return Optional.empty();
      }
      delivery.content = object.content().readNBytes((int) size);
      return Optional.of(delivery);
    } catch (IOException e) {
      delivery.close();
      throw new StorageException("could not read " + key, e);
    } catch (RuntimeException | Error e) {
      delivery.close();
      throw e;
    }
  }

  private Delivery admit(long size) {
    long kib = size / KIB + 1;
    if (kib > MOST_KIB || !deliveries.tryAcquire()) {
      throw busy();
    }
    if (!memory.tryAcquire((int) kib)) {
      deliveries.release();
      throw busy();
    }
    return new Delivery((int) kib);
  }

  private static ProblemException busy() {
    return new ProblemException(
        ProblemCode.OVERLOADED, "too many thumbnails are being sent; try again later");
  }

  /** A thumbnail in memory. */
  final class Delivery implements AutoCloseable {
    private final int kib;
    private byte[] content;
    private boolean closed;

    private Delivery(int kib) {
      this.kib = kib;
    }

    byte[] content() {
      return content;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        content = null;
        memory.release(kib);
        deliveries.release();
      }
    }
  }
}

package io.thumbnailer.imaging.model;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory that all decodes of a process share: large images at the same time queue up instead of
 * exhausting the heap. Thread-safe and fair.
 */
public final class DecodeMemoryBudget {
  private static final long BYTES_PER_PERMIT = 1 << 16;

  private final int total;
  private final Semaphore permits;

  /** Creates a budget with the bytes that all decodes share, at least 64 KiB. */
  public DecodeMemoryBudget(long bytes) {
    total = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / BYTES_PER_PERMIT));
    permits = new Semaphore(total, true);
  }

  /** The free bytes, in steps of 64 KiB. */
  public long available() {
    return permits.availablePermits() * BYTES_PER_PERMIT;
  }

  /**
   * Waits for the bytes.
   *
   * @throws ImagingException {@code TOO_MANY_PIXELS} if the budget can never have that many
   */
  public Grant acquire(long bytes) throws ImagingException, InterruptedException {
    int count = admitted(bytes);
    permits.acquire(count);
    return new Grant(count);
  }

  /** The same, for permits that are held only for a short time. */
  public Grant acquireUninterruptibly(long bytes) throws ImagingException {
    int count = admitted(bytes);
    permits.acquireUninterruptibly(count);
    return new Grant(count);
  }

  private int admitted(long bytes) throws ImagingException {
    long count = 1 + bytes / BYTES_PER_PERMIT;
    if (count > total) {
      throw new ImagingException(
          ImagingException.Reason.TOO_MANY_PIXELS,
          "decoding may take %d MiB, more than the %d MiB that all decodes share"
              .formatted(bytes >> 20, (total * BYTES_PER_PERMIT) >> 20));
    }
    return (int) count;
  }

  /** Permits that are held until all who retain them have closed. */
  public final class Grant implements AutoCloseable {
    private final AtomicInteger count;
    private final AtomicInteger holders = new AtomicInteger(1);

    private Grant(int count) {
      this.count = new AtomicInteger(count);
    }

    /**
     * Extends the permits to that many bytes, if they are free now: waiting for more while holding
     * some could deadlock.
     */
    public boolean tryGrow(long bytes) throws ImagingException {
      int more = admitted(bytes) - count.get();
      if (more <= 0) {
        return true;
      }
      if (!permits.tryAcquire(more)) {
        return false;
      }
      count.addAndGet(more);
      return true;
    }

    public void retain() {
      holders.incrementAndGet();
    }

    @Override
    public void close() {
      if (holders.decrementAndGet() == 0) {
        permits.release(count.get());
      }
    }
  }
}

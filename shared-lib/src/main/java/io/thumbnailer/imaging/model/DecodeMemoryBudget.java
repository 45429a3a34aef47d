package io.thumbnailer.imaging.model;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory that all decodes of a process share: if several large images are decoded at the same
 * time, they wait for it instead of exhausting the heap. Thread-safe and fair.
 */
public final class DecodeMemoryBudget {
  private static final long BYTES_PER_PERMIT = 1 << 16;

  private final int total;
  private final Semaphore permits;

  /** Creates a budget of that many bytes, at least 64 KiB. */
  public DecodeMemoryBudget(long bytes) {
    total = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / BYTES_PER_PERMIT));
    permits = new Semaphore(total, true);
  }

  /** The number of free bytes, in steps of 64 KiB. */
  public long available() {
    return permits.availablePermits() * BYTES_PER_PERMIT;
  }

  /**
   * Waits until that many bytes are free, and reserves them.
   *
   * @throws ImagingException {@code TOO_MANY_PIXELS} if the budget is smaller than that
   */
  public Grant acquire(long bytes) throws ImagingException, InterruptedException {
    int count = admitted(bytes);
    permits.acquire(count);
    return new Grant(count);
  }

  /** Reserves memory that is held only for a short time; interrupts do not end the wait. */
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

  /** Reserved memory, which becomes free when all holders have closed it. */
  public final class Grant implements AutoCloseable {
    private final AtomicInteger count;
    private final AtomicInteger holders = new AtomicInteger(1);

    private Grant(int count) {
      this.count = new AtomicInteger(count);
    }

    /**
     * Extends the reservation to that many bytes if they are free now. It does not wait, because
     * waiting while holding memory could deadlock.
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

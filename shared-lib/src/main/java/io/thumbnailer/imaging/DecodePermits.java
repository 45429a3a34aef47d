package io.thumbnailer.imaging;

import java.util.concurrent.Semaphore;

/**
 * Memory that all decodes of a process share: large images at the same time queue up instead of
 * exhausting the heap. Thread-safe and fair.
 */
public final class DecodePermits {
  private static final long BYTES_PER_PERMIT = 1 << 16;

  private final int total;
  private final Semaphore permits;

  /** With the bytes that all decodes together may take, at least 64 KiB. */
  public DecodePermits(long bytes) {
    total = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / BYTES_PER_PERMIT));
    permits = new Semaphore(total, true);
  }

  /** Waits for the bytes; a decode that wants more than there is waits to be alone. */
  Grant acquire(long bytes) throws InterruptedException {
    int count = (int) Math.min(total, 1 + bytes / BYTES_PER_PERMIT);
    permits.acquire(count);
    return () -> permits.release(count);
  }

  /** Permits that are held until closed. */
  interface Grant extends AutoCloseable {
    @Override
    void close();
  }
}

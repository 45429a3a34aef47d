package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shares out what uploads may use of this server: turns, and bytes of temporary disk. Nobody waits
 * for them: an upload that finds nothing left is refused, since its client can wait better than a
 * thread of ours. Bytes are taken as they arrive, not as they are announced, so that an
 * announcement alone takes nothing from others. Safe for concurrent use.
 */
public final class UploadCapacity {
  private final long maxDiskBytes;
  private final Semaphore turns;
  private final AtomicLong usedDisk = new AtomicLong();

  /** All of it is free. */
  public UploadCapacity(UploadLimits limits) {
    this.maxDiskBytes = limits.maxDiskBytes();
    this.turns = new Semaphore(limits.maxConcurrent());
  }

  /**
   * Begins an upload; closing what is returned gives everything back that it took.
   *
   * @param announcedBytes that the request says to have, -1 when it does not say
   * @throws ProblemException when there is no turn left, or surely not enough disk
   */
  public Share begin(long announcedBytes) {
    if (announcedBytes > maxDiskBytes - usedDisk.get()) {
      throw noDisk();
    }
    if (!turns.tryAcquire()) {
      throw new ProblemException(
          ProblemCode.OVERLOADED, "too many uploads are in progress; try again later");
    }
    return new Share();
  }

  private static ProblemException noDisk() {
    return new ProblemException(
        ProblemCode.OVERLOADED, "uploads in progress have used up the disk; try again later");
  }

  /** What one upload uses. Not for concurrent use. */
  public final class Share implements AutoCloseable {
    private long bytes;
    private boolean closed;

    private Share() {}

    /** Takes disk, or throws {@link ProblemException} and takes nothing. */
    public void take(long more) {
      if (usedDisk.addAndGet(more) > maxDiskBytes) {
        usedDisk.addAndGet(-more);
        throw noDisk();
      }
      bytes += more;
    }

    /** Gives a part of what was taken back: its file is deleted. */
    void giveBack(long fewer) {
      bytes -= fewer;
      usedDisk.addAndGet(-fewer);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        giveBack(bytes);
        turns.release();
      }
    }
  }
}

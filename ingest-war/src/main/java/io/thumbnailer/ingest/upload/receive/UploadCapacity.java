package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits what uploads may use of this server: permits, and bytes of temporary disk. Nothing waits
 * for them: an upload beyond a limit is refused, because its client can wait more cheaply than a
 * server thread. Bytes are counted as they arrive, not as announced, so that an announcement alone
 * takes nothing from others. Safe for concurrent use.
 */
public final class UploadCapacity {
  private final long maxDiskBytes;
  private final Semaphore turns;
  private final AtomicLong usedDisk = new AtomicLong();

  /** Creates a capacity that is completely free. */
  public UploadCapacity(UploadLimits limits) {
    this.maxDiskBytes = limits.maxDiskBytes();
    this.turns = new Semaphore(limits.maxConcurrent());
  }

  /**
   * Starts an upload; closing the result releases everything it took.
   *
   * @param announcedBytes the announced length of the request, -1 if unknown
   * @throws ProblemException if no permit is left, or not enough disk for the announced length
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

  /** The resources of one upload. Not for concurrent use. */
  public final class Share implements AutoCloseable {
    private long bytes;
    private boolean closed;

    private Share() {}

    /** Reserves disk, or throws {@link ProblemException} and reserves nothing. */
    public void take(long more) {
      if (usedDisk.addAndGet(more) > maxDiskBytes) {
        usedDisk.addAndGet(-more);
        throw noDisk();
      }
      bytes += more;
    }

    /** Releases disk of a deleted file. */
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

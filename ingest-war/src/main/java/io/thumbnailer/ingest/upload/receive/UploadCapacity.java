package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits what uploads may use of this server: permits, and bytes of temporary disk. Nothing waits
 * for them: an upload beyond a limit is refused, because its client can wait more cheaply than a
 * server thread. Bytes are counted as they arrive, not as announced, so that an announcement alone
 * takes nothing from others. Safe for concurrent use.
 */
public final class UploadCapacity {
  private final long maxDiskBytes;
  private final ConcurrencyLimit uploads;
  private final AtomicLong usedDisk = new AtomicLong();

  /** Creates a capacity that is completely free. */
  public UploadCapacity(UploadLimits limits) {
    this.maxDiskBytes = limits.maxDiskBytes();
    this.uploads = new ConcurrencyLimit(limits.maxConcurrent(), limits.maxConcurrentPerCaller());
  }

  /**
   * Starts an upload; closing the result releases everything it took.
   *
   * @param caller whose upload it is
   * @param announcedBytes as the request states them, or -1
   * @throws ProblemException if no permit is left, or certainly not enough disk
   */
  public Share begin(Optional<String> caller, long announcedBytes) {
    if (announcedBytes > maxDiskBytes - usedDisk.get()) {
      throw noDisk();
    }
    return new Share(uploads.acquire(caller));
  }

  private static ProblemException noDisk() {
    return new ProblemException(
        ProblemCode.OVERLOADED, "uploads in progress use all of the disk space; try again later");
  }

  /** The resources of one upload. Not for concurrent use. */
  public final class Share implements AutoCloseable {
    private final ConcurrencyLimit.Permit permit;
    private long bytes;
    private boolean closed;

    private Share(ConcurrencyLimit.Permit permit) {
      this.permit = permit;
    }

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
        permit.close();
      }
    }
  }
}

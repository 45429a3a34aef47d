package io.thumbnailer.ingest.upload.receive;

import io.thumbnailer.ingest.http.Problem;
import io.thumbnailer.ingest.http.ProblemCode;
import io.thumbnailer.ingest.http.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A request body with a deadline for all of it and a maximum length. After the first failure every
 * read fails, so that clean-up code does not continue reading.
 */
public final class BoundedBody extends FilterInputStream {
  private final Duration limit;
  private final long deadline;
  private final long maxBytes;
  private long bytes;
  private Problem failure;

  /**
   * The time starts now. A read that waits for the network is ended by the server's own time-out.
   */
  public BoundedBody(InputStream body, Duration limit, long maxBytes) {
    super(body);
    this.limit = limit;
    this.maxBytes = maxBytes;
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  /** Stops reading because the upload is refused: every read throws the reason. */
  void refuse(Problem reason) {
    failure = reason;
  }

  @Override
  public int read() throws IOException {
    check();
    try {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    } catch (SocketTimeoutException e) {
      throw silent(e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    check();
    try {
      int read = super.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    } catch (SocketTimeoutException e) {
      throw silent(e);
    }
  }

  private void check() {
    if (failure == null && System.nanoTime() - deadline > 0) {
      failure =
          Problem.of(
              ProblemCode.REQUEST_TIMEOUT,
              "the upload took longer than " + limit.toSeconds() + " s");
    }
    if (failure != null) {
      // a new one each time: otherwise close() would add an exception as suppressed to itself
      throw new ProblemException(failure, null);
    }
  }

  private void count(int more) {
    bytes += more;
    if (bytes > maxBytes) {
      failure = tooLarge(maxBytes);
      throw new ProblemException(failure, null);
    }
  }

  /** The problem for a request that is, or announces to be, too long. */
  static Problem tooLarge(long maxBytes) {
    return Problem.of(ProblemCode.TOO_LARGE, "the request is larger than " + maxBytes + " bytes");
  }

  private ProblemException silent(SocketTimeoutException cause) {
    failure = Problem.of(ProblemCode.REQUEST_TIMEOUT, "no data arrived for too long");
    return new ProblemException(failure, cause);
  }
}

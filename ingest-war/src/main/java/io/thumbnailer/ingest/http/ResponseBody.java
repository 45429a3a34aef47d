package io.thumbnailer.ingest.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of a response that has not been sent, in memory. All bodies share a limit. The first
 * piece of a body does not count, so that small responses are sent even when clients that do not
 * read have used the limit up. Safe for concurrent use.
 */
final class ResponseBody extends ServletOutputStream {
  /** The size of a buffer in Liberty, which passes on at once what fits into one. */
  static final int PIECE_BYTES = 8 * 1024;

  private final AtomicLong used;
  private final long limit;
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private byte[] filling;
  private int filled;

  /**
   * Creates an empty body.
   *
   * @param used the bytes of all bodies, which this one changes
   * @param limit the maximum of {@code used}
   */
  ResponseBody(AtomicLong used, long limit) {
    this.used = used;
    this.limit = limit;
  }

  /** Returns the number of bytes that were written and have not been removed. */
  synchronized long length() {
    return pieces.isEmpty() ? 0 : counted() + filled;
  }

  /** All pieces but one count. */
  private long counted() {
    return (long) PIECE_BYTES * Math.max(0, pieces.size() - 1);
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /**
   * Appends bytes.
   *
   * @throws ProblemException if all bodies would exceed the limit
   */
  @Override
  public synchronized void write(byte[] bytes, int offset, int count) {
    for (int done = 0; done < count; ) {
      if (filling == null || filled == PIECE_BYTES) {
        addPiece();
      }
      int part = Math.min(PIECE_BYTES - filled, count - done);
      System.arraycopy(bytes, offset + done, filling, filled, part);
      filled += part;
      done += part;
    }
  }

  private void addPiece() {
    if (filling != null) {
      if (used.addAndGet(PIECE_BYTES) > limit) {
        used.addAndGet(-PIECE_BYTES);
        throw new ProblemException(
            ProblemCode.OVERLOADED, "too many clients have not read their responses");
      }
    }
    filling = new byte[PIECE_BYTES];
    filled = 0;
    pieces.add(filling);
  }

  /** Removes the next piece; null if there is none. Nothing may be written afterwards. */
  synchronized byte[] next() {
    byte[] piece = pieces.poll();
    if (piece == null) {
      return null;
    }
    if (pieces.isEmpty()) {
      return Arrays.copyOf(piece, filled);
    }
    used.addAndGet(-PIECE_BYTES);
    return piece;
  }

  /** Removes everything. */
  synchronized void clear() {
    used.addAndGet(-counted());
    pieces.clear();
    filling = null;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    throw new IllegalStateException("the request is not asynchronous");
  }
}

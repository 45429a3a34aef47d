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
  private long length;
  private long counted;

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

  /** Returns the number of bytes that were written since the last {@link #clear}. */
  synchronized long length() {
    return length;
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
      length += part;
    }
  }

  private void addPiece() {
    if (filling != null) {
      if (used.addAndGet(PIECE_BYTES) > limit) {
        used.addAndGet(-PIECE_BYTES);
        throw new ProblemException(
            ProblemCode.OVERLOADED, "too many clients have not read their responses");
      }
      counted += PIECE_BYTES;
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
    long less = Math.min(counted, PIECE_BYTES);
    counted -= less;
    used.addAndGet(-less);
    return pieces.isEmpty() ? Arrays.copyOf(piece, filled) : piece;
  }

  /** Removes everything. */
  synchronized void clear() {
    pieces.clear();
    filling = null;
    length = 0;
    used.addAndGet(-counted);
    counted = 0;
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

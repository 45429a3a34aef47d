package io.thumbnailer.imaging.codec.gif;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** Reads the indices of a GIF frame from its sub-blocks of LZW codes (GIF89a, appendix F). */
final class GifLzw {
  private static final int MOST = 4096;

  private final ImageInputStream in;
  private final int first;
  private final int clear;
  private final int[] prefix = new int[MOST];
  private final byte[] suffix = new byte[MOST];
  private final byte[] stack = new byte[MOST + 1];
  private int waiting;
  private int filled;
  private int bits;
  private int next;
  private int previous = -1;
  private byte previousFirst;
  private int buffer;
  private int buffered;
  private final byte[] block = new byte[255];
  private int blockAt;
  private int blockEnd;
  private boolean ended;

  /** Whether the code that ends the frame was read. */
  private boolean marked;

  GifLzw(ImageInputStream in) throws IOException {
    this.in = in;
    this.first = in.readUnsignedByte();
    if (first < 1 || first > 11) {
      throw new IOException("codes of " + first + " bits");
    }
    this.clear = 1 << first;
    for (int i = 0; i < Math.min(256, clear); i++) {
      suffix[i] = (byte) i;
    }
    reset();
  }

  private void reset() {
    bits = first + 1;
    next = clear + 2;
    previous = -1;
  }

  /**
   * Reads a row.
   *
   * @return the number of pixels; fewer than the row has if the frame ends
   * @throws EOFException if the data ends before that
   */
  int next(byte[] row) throws IOException {
    for (filled = 0; filled < row.length; filled++) {
      if (waiting == 0 && !expand()) {
        return filled;
      }
      row[filled] = stack[--waiting];
    }
    return row.length;
  }

  /** The number of pixels that exist in the last row. */
  int filled() {
    return filled;
  }

  /** Returns false at the code that ends the frame. */
  private boolean expand() throws IOException {
    while (!marked) {
      int code = code();
      if (code == clear + 1) {
        marked = true;
        break;
      }
      if (code == clear) {
        reset();
        continue;
      }
      if (code > next || (code == next && previous < 0)) {
        throw new EOFException("the frame ends too early");
      }
      int current = code;
      if (code == next || (code >= clear + 2 && code > next - 1)) {
        stack[waiting++] = previousFirst;
        current = previous;
      }
      while (current >= clear + 2) {
        stack[waiting++] = suffix[current];
        current = prefix[current];
      }
      byte begin = suffix[current];
      stack[waiting++] = begin;
      if (previous >= 0 && next < MOST) {
        prefix[next] = previous;
        suffix[next] = begin;
        next++;
        if (next == 1 << bits && bits < 12) {
          bits++;
        }
      }
      previous = code;
      previousFirst = begin;
      return true;
    }
    return false;
  }

  private int code() throws IOException {
    while (buffered < bits) {
      buffer |= (blockByte() & 0xFF) << buffered;
      buffered += 8;
    }
    int code = buffer & ((1 << bits) - 1);
    buffer >>>= bits;
    buffered -= bits;
    return code;
  }

  private byte blockByte() throws IOException {
    if (blockAt == blockEnd) {
      int size = ended ? 0 : in.readUnsignedByte();
      if (size == 0) {
        ended = true;
        throw new EOFException("the frame ends too early");
      }
      int count = in.read(block, 0, size);
      if (count < 1) {
        throw new EOFException("the file ends too early");
      }
      ended = count < size && in.length() >= 0 && in.getStreamPosition() >= in.length();
      for (int more; count < size && !ended; count += more) {
        more = in.read(block, count, size - count);
        if (more < 1) {
          ended = true;
          break;
        }
      }
      blockAt = 0;
      blockEnd = count;
    }
    return block[blockAt++];
  }
}

package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The entropy-coded bytes between two markers of a JPEG, without the zeros that are stuffed after
 * each 0xFF (ITU T.81, F.1.2.3), so that every bit can be addressed by its position. The zeros are
 * removed in place, which overwrites the file: a second array as large as the file would cost more
 * than the removal itself.
 */
public final class JpegEntropySegment {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * The number of bytes that the array must have after the end of the file: a whole block of the
   * longest codes may be read beyond it.
   */
  public static final int ROOM = 512;

  /** Some encoders leave a few bytes behind the last block. */
  private static final int SPARE_BYTES = 8;

  private final byte[] file;
  private final int fileLength;
  private int begin;
  private int end;

  /**
   * Creates a segment reader for a file.
   *
   * @param file followed by {@link #ROOM} spare bytes; {@link #load} changes it
   */
  public JpegEntropySegment(byte[] file) {
    this.file = file;
    this.fileLength = file.length - ROOM;
  }

  public byte[] bytes() {
    return file;
  }

  /** The position of the first bit in {@link #bytes}. */
  public long firstBit() {
    return 8L * begin;
  }

  /** The position after the last bit in {@link #bytes}. */
  public long endBit() {
    return 8L * end;
  }

  /**
   * Reads the segment that begins at a position; returns the position of the next marker, or the
   * end of the file.
   */
  public int load(int start) {
    begin = start;
    end = start;
    int from = start;
    while (true) {
      int to = Math.min(fileLength, next0xFF(file, from));
      boolean stuffed = to + 1 < fileLength && file[to + 1] == 0;
      int count = (stuffed ? to + 1 : to) - from;
      System.arraycopy(file, from, file, end, count);
      end += count;
      if (!stuffed) {
        return to;
      }
      from = to + 2;
    }
  }

  /**
   * Whether the bit is followed by more than the rest of its byte, or than padding of one value.
   */
  public boolean holdsMore(long bit) {
    int first = (int) ((bit + 7) / 8);
    if (end - first < SPARE_BYTES) {
      return false;
    }
    for (int i = first + 1; i < end; i++) {
      if (file[i] != file[first]) {
        return true;
      }
    }
    return false;
  }

  /** Whether the image or the file ends at a position where {@link #load} stopped. */
  public boolean endsImage(int position) {
    return position + 1 >= fileLength || file[position + 1] == (byte) JpegMarkers.EOI;
  }

  /** Returns where the data after the expected restart marker begins. */
  public int afterRestart(int position) throws IOException {
    int at = position;
    while (file[at] == -1 && file[at + 1] == -1) {
      at++; // fill bytes
    }
    if (file[at] != -1 || (file[at + 1] & 0xF8) != 0xD0) {
      throw new IOException("no restart marker");
    }
    return at + 2;
  }

  /** Returns the index of the next 0xFF byte, or the end. */
  public static int next0xFF(byte[] in, int from) {
    int at = from;
    for (; at + 8 <= in.length; at += 8) {
      long eight = ~(long) LONG.get(in, at);
      long zeros = (eight - 0x0101010101010101L) & ~eight & 0x8080808080808080L;
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / 8;
      }
    }
    while (at < in.length && in[at] != -1) {
      at++;
    }
    return at;
  }
}

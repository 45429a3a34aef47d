package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The entropy-coded bytes between two markers of a JPEG, without the zeros that are stuffed after
 * each 0xFF (ITU T.81, F.1.2.3), so that any of its bits can be read by its position. The zeros are
 * removed in place, which destroys the file: a second array as large as the file would cost more
 * than the removal itself.
 */
public final class JpegEntropySegment {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * Bytes after the end of the file that the array must have, for a whole block of the longest
   * codes that is found to reach beyond.
   */
  public static final int ROOM = 512;

  /** Some encoders leave a few bytes behind the last block. */
  private static final int SPARE_BYTES = 8;

  private final byte[] file;
  private final int fileLength;
  private int begin;
  private int end;

  /**
   * Of a file.
   *
   * @param file with {@link #ROOM} bytes behind it; {@link #load} changes it
   */
  public JpegEntropySegment(byte[] file) {
    this.file = file;
    this.fileLength = file.length - ROOM;
  }

  public byte[] bytes() {
    return file;
  }

  /** The place of the first bit in {@link #bytes}. */
  public long firstBit() {
    return 8L * begin;
  }

  /** The place behind the last bit in {@link #bytes}. */
  public long endBit() {
    return 8L * end;
  }

  /** Reads what begins there; returns where the marker after it is, or the file's end. */
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
   * Whether after that bit comes more than what fills up the last byte, or padding of one value.
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

  /** Whether the image, or the file, ends at a place where {@link #load} stopped. */
  public boolean endsImage(int position) {
    return position + 1 >= fileLength || file[position + 1] == (byte) JpegMarkers.EOI;
  }

  /** Where the data after the restart marker begins that has to be there. */
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

  /** Where the next byte of that value is, or the end. */
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

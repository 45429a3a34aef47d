package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The entropy-coded bytes between two markers of a JPEG, without the zeros that are stuffed after
 * each 0xFF (ITU T.81, F.1.2.3), so that any of its bits can be read by its position.
 */
public final class JpegEntropySegment {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Room after the end, for a whole block of the longest codes that is found to reach beyond. */
  private static final int ROOM = 512;

  private final byte[] file;
  private final byte[] bytes;
  private int length;

  public JpegEntropySegment(byte[] file) {
    this.file = file;
    this.bytes = new byte[file.length + ROOM];
  }

  public byte[] bytes() {
    return bytes;
  }

  public long bits() {
    return 8L * length;
  }

  /** Reads what begins there; returns where the marker after it is, or the file's end. */
  public int load(int start) {
    length = 0;
    int from = start;
    while (true) {
      int to = next0xFF(file, from);
      boolean stuffed = to + 1 < file.length && file[to + 1] == 0;
      int count = Math.min(file.length, stuffed ? to + 1 : to) - from;
      System.arraycopy(file, from, bytes, length, count);
      length += count;
      if (!stuffed) {
        return to;
      }
      from = to + 2;
    }
  }

  /** Whether the image, or the file, ends at a place where {@link #load} stopped. */
  public boolean endsImage(int position) {
    return position + 1 >= file.length || file[position + 1] == (byte) JpegMarkers.EOI;
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

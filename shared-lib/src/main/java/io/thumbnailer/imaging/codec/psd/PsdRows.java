package io.thumbnailer.imaging.codec.psd;

import io.thumbnailer.imaging.codec.PackBits;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads the rows of a flattened image in any order; the file contains one channel after the other.
 */
final class PsdRows {
  private final ImageInputStream in;
  private final int height;
  private final int rowBytes;
  private final boolean packed;

  /** The positions of the rows, one channel after the other, and the end of the last one. */
  private final long[] starts;

  private PsdRows(ImageInputStream in, int height, int rowBytes, boolean packed, long[] starts) {
    this.in = in;
    this.height = height;
    this.rowBytes = rowBytes;
    this.packed = packed;
    this.starts = starts;
  }

  /**
   * Finds the rows, starting at the number of the compression.
   *
   * @param large whether the file is a PSB
   * @param channels number of channels in the image
   * @param used the number of channels that are read, from the first on
   */
  static PsdRows find(
      ImageInputStream in, boolean large, int channels, int used, int height, long rowBytes)
      throws IOException {
    int compression = in.readUnsignedShort();
    int bytes = Math.toIntExact(rowBytes);
    if (compression == 2 || compression == 3) {
      throw new IOException("a flattened image that is zipped");
    }
    if (compression > 1) {
      throw new IOException("unknown compression");
    }
    long[] starts = new long[Math.addExact(Math.multiplyExact(used, height), 1)];
    if (compression == 0) {
      for (int i = 0; i < starts.length; i++) {
        starts[i] = in.getStreamPosition() + i * rowBytes;
      }
      return new PsdRows(in, height, bytes, false, starts);
    }
    long at = in.getStreamPosition() + (long) channels * height * (large ? 4 : 2);
    for (int i = 0; i < starts.length - 1; i++) {
      starts[i] = at;
      int length = large ? in.readInt() : in.readUnsignedShort();
      if (length < 0 || length > 2 * rowBytes + 128) {
        throw new IOException("a row of " + length + " bytes");
      }
      at += length;
    }
    starts[starts.length - 1] = at;
    return new PsdRows(in, height, bytes, true, starts);
  }

  int rowBytes() {
    return rowBytes;
  }

  /** Reads a row; returns false if the file ends within it. */
  boolean read(int channel, int y, byte[] row) throws IOException {
    int index = channel * height + y;
    long start = starts[index];
    long end = starts[index + 1];
    if (in.length() >= 0 && end > in.length()) {
      return false;
    }
    in.seek(start);
    if (!packed) {
      in.readFully(row);
      return true;
    }
    byte[] coded = new byte[(int) (end - start)];
    in.readFully(coded);
    var unused = PackBits.unpack(coded, row);
    return true;
  }
}

package io.thumbnailer.imaging.header;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the orientation in EXIF data, which is a TIFF structure (Exif 2.32, tag 0x0112). As in
 * browsers, broken data counts as no orientation.
 */
final class ExifOrientation {
  /** No rotation or mirroring. */
  static final int NONE = 1;

  private static final int ORIENTATION_TAG = 0x0112;

  /** The only type of the value that browsers accept. */
  private static final int SHORT = 3;

  private ExifOrientation() {}

  /** Returns the orientation, 1 to 8, from data that begins with the byte order mark. */
  static int of(byte[] tiff) {
    try {
      ByteBuffer in = ByteBuffer.wrap(tiff);
      int order = in.getShort();
      if (order != 0x4949 && order != 0x4D4D) {
        return NONE;
      }
      in.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      if (in.getShort() != 42) {
        return NONE;
      }
      in.position(in.getInt());
      int entries = Short.toUnsignedInt(in.getShort());
      for (int i = 0; i < entries; i++) {
        int tag = Short.toUnsignedInt(in.getShort());
        int type = in.getShort();
        int count = in.getInt();
        int value = in.getShort();
        in.getShort(); // skips the rest of the value's four bytes
        if (tag == ORIENTATION_TAG) {
          boolean proper = type == SHORT && count == 1 && value >= 1 && value <= 8;
          return proper ? value : NONE;
        }
      }
      return NONE;
    } catch (RuntimeException e) { // a BufferUnderflowException, or a position outside
      return NONE;
    }
  }
}

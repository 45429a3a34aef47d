package io.thumbnailer.imaging;

import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * Finds the orientation in a JPEG's EXIF segment (Exif 2.32, tag 0x0112). A broken segment counts
 * as none, as in browsers.
 */
final class ExifOrientation {
  private static final int NONE = 1;
  private static final int APP1 = 0xFFE1;
  private static final int START_OF_SCAN = 0xFFDA;
  private static final int ORIENTATION_TAG = 0x0112;
  private static final int MAX_SEGMENTS = 1000;

  private ExifOrientation() {}

  static int ofJpeg(ImageInputStream in) {
    try {
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      in.seek(2);
      for (int i = 0; i < MAX_SEGMENTS; i++) {
        int marker = in.readUnsignedShort();
        if (marker == START_OF_SCAN || (marker & 0xFF00) != 0xFF00) {
          return NONE;
        }
        long start = in.getStreamPosition();
        int length = in.readUnsignedShort();
        if (marker == APP1 && length > 16 && in.readInt() == 0x45786966 && in.readShort() == 0) {
          return ofTiff(in, in.getStreamPosition());
        }
        in.seek(start + Math.max(length, 2));
      }
      return NONE;
    } catch (IOException | IndexOutOfBoundsException e) {
      return NONE;
    }
  }

  private static int ofTiff(ImageInputStream in, long base) throws IOException {
    int order = in.readUnsignedShort();
    if (order != 0x4949 && order != 0x4D4D) {
      return NONE;
    }
    in.setByteOrder(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (in.readUnsignedShort() != 42) {
      return NONE;
    }
    in.seek(base + in.readUnsignedInt());
    int entries = in.readUnsignedShort();
    for (int i = 0; i < entries; i++) {
      int tag = in.readUnsignedShort();
      in.readUnsignedShort(); // type
      in.readUnsignedInt(); // count
      int value = in.readUnsignedShort();
      in.readUnsignedShort(); // the rest of the value's four bytes
      if (tag == ORIENTATION_TAG) {
        return value >= 1 && value <= 8 ? value : NONE;
      }
    }
    return NONE;
  }
}

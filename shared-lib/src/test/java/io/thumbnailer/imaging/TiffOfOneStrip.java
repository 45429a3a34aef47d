package io.thumbnailer.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An RGB TIFF with a single uncompressed strip, as written by Photoshop. */
final class TiffOfOneStrip {
  private static final int ENTRIES = 9;

  private TiffOfOneStrip() {}

  /** Everything before the pixels. */
  static byte[] header(int width, int height) {
    int bits = 8 + 2 + 12 * ENTRIES + 4;
    int pixels = bits + 6;
    ByteBuffer out = ByteBuffer.allocate(pixels).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) ENTRIES);
    entry(out, 256, 4, 1, width);
    entry(out, 257, 4, 1, height);
    entry(out, 258, 3, 3, bits);
    entry(out, 259, 3, 1, 1);
    entry(out, 262, 3, 1, 2);
    entry(out, 273, 4, 1, pixels);
    entry(out, 277, 3, 1, 3);
    entry(out, 278, 4, 1, height);
    entry(out, 279, 4, 1, 3 * width * height);
    out.putInt(0);
    for (int i = 0; i < 3; i++) {
      out.putShort((short) 8);
    }
    return out.array();
  }

  private static void entry(ByteBuffer out, int tag, int type, int count, int value) {
    out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }
}

package io.thumbnailer.imaging.codec.heif;

import java.nio.ByteBuffer;

/**
 * Changes boxes that libheif 1.15 cannot read, although they are valid: the last box of a file may
 * state the length 0, which means that it ends with the file (ISO/IEC 14496-12, 4.2), and groups of
 * items may have kinds that libheif does not know, but are not needed for the primary image. Items
 * that are copies of others are not described, because they have no data.
 */
final class ReadableBoxes {
  private static final int MAX_BOXES = 10_000;
  private static final int HEADER_BYTES = 8;
  private static final int META = 0x6D657461;
  private static final int GROUPS = 0x6772706C;
  private static final int FREE = 0x66726565;
  private static final int PRIMARY = 0x7069746D;
  private static final int ITEMS = 0x69696E66;
  private static final int ITEM = 0x696E6665;
  private static final int COPY = 0x6964656E;

  private final ByteBuffer in;
  private final long primary;

  private ReadableBoxes(ByteBuffer in, long primary) {
    this.in = in;
    this.primary = primary;
  }

  /**
   * Changes the contents of a file.
   *
   * @param item the id of the item that is to be the primary one
   */
  static void in(byte[] file, long item) {
    new ReadableBoxes(ByteBuffer.wrap(file), item).walk(0, file.length, true);
  }

  private void walk(long start, long end, boolean outermost) {
    long at = start;
    for (int i = 0; i < MAX_BOXES && at + HEADER_BYTES <= end; i++) {
      long length = Integer.toUnsignedLong(in.getInt((int) at));
      int type = in.getInt((int) at + 4);
      if (length == 0 && outermost) {
        length = end - at;
        in.putInt((int) at, (int) length);
      }
      if (length < HEADER_BYTES || length > end - at) {
        return;
      }
      if (outermost && type == META) {
        walk(at + HEADER_BYTES + 4, at + length, false);
      } else if (!outermost && type == GROUPS) {
        in.putInt((int) at + 4, FREE);
      } else if (!outermost && type == PRIMARY && length >= 14) {
        boolean wide = in.get((int) at + HEADER_BYTES) > 0;
        if (wide && length >= 16) {
          in.putInt((int) at + 12, (int) primary);
        } else if (!wide) {
          in.putShort((int) at + 12, (short) primary);
        }
      } else if (!outermost && type == ITEMS) {
        int count = in.get((int) at + HEADER_BYTES) > 0 ? 4 : 2;
        hideCopies(at + HEADER_BYTES + 4 + count, at + length);
      }
      at += length;
    }
  }

  private void hideCopies(long start, long end) {
    for (long at = start; at + HEADER_BYTES <= end; ) {
      long length = Integer.toUnsignedLong(in.getInt((int) at));
      if (length < HEADER_BYTES || length > end - at) {
        return;
      }
      int typeAt = (int) at + (in.get((int) at + HEADER_BYTES) > 2 ? 18 : 16);
      if (in.getInt((int) at + 4) == ITEM
          && typeAt + 4 <= at + length
          && in.getInt(typeAt) == COPY) {
        in.putInt((int) at + 4, FREE);
      }
      at += length;
    }
  }
}

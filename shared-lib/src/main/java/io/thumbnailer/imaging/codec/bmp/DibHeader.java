package io.thumbnailer.imaging.codec.bmp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * The header of a device-independent bitmap: OS/2's with 12 and with 16 to 64 bytes, and Windows'
 * with 40 to 124. Fields that are of no use here, such as planes, reserved bytes and resolutions,
 * are ignored.
 *
 * @param width in pixels
 * @param height in pixels
 * @param topDown whether the first row is the upper one
 * @param bits per pixel
 * @param compression one of {@code BI_RGB} and so on
 * @param masks of red, green, blue and alpha in a pixel with 16 or 32 bits
 * @param alphaDeclared whether the header has a field for the alpha mask, and uses it
 * @param palette red, green and blue of each entry
 * @param end where the header, masks and palette end in the file
 * @param profile an embedded ICC profile, unchecked
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DibHeader(
    int width,
    int height,
    boolean topDown,
    int bits,
    int compression,
    int[] masks,
    boolean alphaDeclared,
    byte[] palette,
    long end,
    Optional<byte[]> profile) {
  static final int RGB = 0;
  static final int RLE8 = 1;
  static final int RLE4 = 2;
  static final int BITFIELDS = 3;

  /** OS/2's, whose number means JPEG elsewhere. */
  static final int RLE24 = -4;

  static final int ALPHA_BITFIELDS = 6;

  private static final int EMBEDDED = 0x4D424544;
  private static final int MAX_PROFILE_BYTES = 4 << 20;

  /**
   * Reads a header that begins at a position. Throws {@link IOException} if its kind is unknown.
   */
  static DibHeader read(ImageInputStream in, long at) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(at);
    long size = in.readUnsignedInt();
    if (size < 12 || size > 1 << 16) {
      throw new IOException("unknown header size");
    }
    boolean old = size == 12;
    int width = old ? in.readUnsignedShort() : in.readInt();
    int height = old ? in.readUnsignedShort() : in.readInt();
    in.skipBytes(2);
    int bits = in.readUnsignedShort();
    int compression = size >= 20 ? in.readInt() : RGB;
    long colours = 0;
    if (size >= 36) {
      in.skipBytes(12);
      colours = in.readUnsignedInt();
    }
    boolean os2 = size == 64;
    if (os2 && compression == 3) {
      throw new IOException("OS/2's Huffman coding");
    }
    if (os2 && compression == 4) {
      compression = RLE24;
    }
    long end = at + size;
    boolean fields = compression == BITFIELDS || compression == ALPHA_BITFIELDS;
    int[] masks = bits == 16 ? new int[] {0x7C00, 0x3E0, 0x1F, 0} : eightEach();
    if (size >= 108 && bits == 32 && compression == RGB) {
      in.seek(at + 52);
      masks[3] = in.readInt() == 0 ? 0 : 0xFF000000; // as in browsers
    }
    if (fields && (size >= 52 || size == 40)) {
      in.seek(at + 40);
      int count = size >= 56 || compression == ALPHA_BITFIELDS ? 4 : 3;
      for (int i = 0; i < count; i++) {
        masks[i] = in.readInt();
      }
      if (size == 40) {
        end += 4L * count;
      }
    }
    byte[] palette = {};
    if (bits <= 8) {
      int most = 1 << bits;
      int entries = colours == 0 || colours > most ? most : (int) colours;
      in.seek(end);
      palette = palette(in, entries, old ? 3 : 4);
      end += (long) entries * (old ? 3 : 4);
    } else {
      end += 4 * Math.min(colours, 256);
    }
    return new DibHeader(
        width,
        Math.abs(height),
        height < 0,
        bits,
        compression,
        masks,
        masks[3] != 0,
        palette,
        end,
        size >= 124 ? embedded(in, at) : Optional.empty());
  }

  private static int[] eightEach() {
    return new int[] {0xFF0000, 0xFF00, 0xFF, 0};
  }

  /** Reads the existing entries of the palette; the others are black. */
  private static byte[] palette(ImageInputStream in, int entries, int bytes) throws IOException {
    byte[] result = new byte[3 * entries];
    byte[] entry = new byte[bytes];
    try {
      for (int i = 0; i < entries; i++) {
        in.readFully(entry);
        result[3 * i] = entry[2];
        result[3 * i + 1] = entry[1];
        result[3 * i + 2] = entry[0];
      }
    } catch (EOFException e) {
      return result;
    }
    return result;
  }

  private static Optional<byte[]> embedded(ImageInputStream in, long at) throws IOException {
    in.seek(at + 56);
    if (in.readInt() != EMBEDDED) {
      return Optional.empty();
    }
    in.seek(at + 112);
    long start = at + in.readUnsignedInt();
    long size = in.readUnsignedInt();
    if (size > MAX_PROFILE_BYTES || (in.length() >= 0 && start + size > in.length())) {
      return Optional.empty();
    }
    byte[] profile = new byte[(int) size];
    in.seek(start);
    in.readFully(profile);
    return Optional.of(profile);
  }
}

package io.thumbnailer.imaging.codec.bmp;

import io.thumbnailer.imaging.raster.Chromaticities;
import io.thumbnailer.imaging.raster.MatrixProfile;
import io.thumbnailer.imaging.raster.TransferCurve;
import java.awt.color.ICC_Profile;
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
 * @param colours the calibrated colours of the header as a profile
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
    Optional<byte[]> profile,
    Optional<ICC_Profile> colours) {
  static final int RGB = 0;
  static final int RLE8 = 1;
  static final int RLE4 = 2;
  static final int BITFIELDS = 3;
  static final int ALPHA_BITFIELDS = 6;

  private static final int CALIBRATED = 0;
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
      throw new IOException("no such header");
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
    if (os2 && (compression == 3 || compression == 4)) {
      throw new IOException("OS/2's Huffman or 24-bit run-length coding");
    }
    long end = at + size;
    boolean alphaByte = size >= 108 && bits == 32 && compression == RGB;
    boolean fields = compression == BITFIELDS || compression == ALPHA_BITFIELDS;
    int[] masks = bits == 16 ? new int[] {0x7C00, 0x3E0, 0x1F, 0} : eightEach();
    if (alphaByte) {
      masks[3] = 0xFF000000; // as in browsers, whatever the masks say
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
        size >= 124 ? embedded(in, at) : Optional.empty(),
        size >= 108 ? calibrated(in, at) : Optional.empty());
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

  /** Reads primaries as XYZ in 2.30 fixed point, and gammas in 16.16 fixed point. */
  private static Optional<ICC_Profile> calibrated(ImageInputStream in, long at) throws IOException {
    in.seek(at + 56);
    if (in.readInt() != CALIBRATED) {
      return Optional.empty();
    }
    double[] xy = new double[8];
    xy[0] = 0.3127;
    xy[1] = 0.3290;
    for (int i = 1; i < 4; i++) {
      double x = in.readInt();
      double y = in.readInt();
      double sum = x + y + in.readInt();
      if (!(sum > 0)) {
        return Optional.empty();
      }
      xy[2 * i] = x / sum;
      xy[2 * i + 1] = y / sum;
    }
    double gamma = in.readUnsignedInt() / 65536.0;
    if (gamma < 0.1 || gamma > 10) {
      return Optional.empty();
    }
    return MatrixProfile.rgb(new Chromaticities(xy), TransferCurve.gamma(gamma));
  }
}

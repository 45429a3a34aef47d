package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * Scans the data of an HEVC or AV1 image, unit by unit, for the sizes that it declares: an image
 * can declare several sizes, anywhere, and a decoder allocates memory for each.
 */
final class CodedData {
  private static final int MAX_UNITS = 10_000;
  private static final int MAX_HEADER_BYTES = 1 << 10;
  private static final int HEVC_PARAMETERS = 33;

  private CodedData() {}

  /** The sizes in all sequence headers (AV1, 5.3). */
  static List<CodedSizes.Coded> av1(ImageInputStream data) throws IOException {
    List<CodedSizes.Coded> sizes = new ArrayList<>();
    long at = 0;
    for (int units = 0; at < data.length(); units++) {
      check(units);
      byte[] start = start(data, at);
      try {
        CodedSizes.Unit unit = CodedSizes.unit(start, 0);
        sizes.addAll(unit.sizes());
        at += unit.end();
      } catch (ArrayIndexOutOfBoundsException e) {
        throw new IOException("a broken sequence header", e);
      }
    }
    return sizes;
  }

  /**
   * The sizes in all sequence parameter sets; each unit is preceded by its length in four bytes.
   */
  static List<CodedSizes.Coded> hevc(ImageInputStream data) throws IOException {
    List<CodedSizes.Coded> sizes = new ArrayList<>();
    data.setByteOrder(ByteOrder.BIG_ENDIAN);
    long at = 0;
    for (int units = 0; at + 6 <= data.length(); units++) {
      check(units);
      data.seek(at);
      long length = data.readUnsignedInt();
      if ((data.readUnsignedByte() >> 1 & 0x3F) == HEVC_PARAMETERS) {
        sizes.add(CodedSizes.ofParameters(start(data, at + 4)));
      }
      at += 4 + length;
    }
    return sizes;
  }

  private static void check(int units) throws IOException {
    if (units == MAX_UNITS) {
      throw new IOException("more than " + MAX_UNITS + " units");
    }
  }

  private static byte[] start(ImageInputStream data, long at) throws IOException {
    data.seek(at);
    return Bytes.read(data, Math.min(MAX_HEADER_BYTES, data.length() - at));
  }
}

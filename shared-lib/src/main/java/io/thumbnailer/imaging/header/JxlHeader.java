package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * The size of a JPEG XL image (ISO/IEC 18181-1, annex D), from a bare codestream or the boxes of a
 * file (ISO/IEC 18181-2). It is the displayed size, with the orientation applied.
 */
final class JxlHeader {
  private static final int MAX_BOXES = 1000;

  /** For floating-point colours and alpha, the result, and the planes; 15 were measured. */
  private static final int BYTES_PER_PIXEL = 24;

  /** The width as a fraction of the height, for the codes 1 to 7: numerators and denominators. */
  private static final int[][] RATIOS = {{1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}};

  private static final int[] LONG_SIDE_BITS = {9, 13, 18, 30};

  private final ImageInputStream in;
  private int bits;
  private int buffered;

  private JxlHeader(ImageInputStream in) {
    this.in = in;
  }

  static ImageDescription read(ImageInputStream in) throws IOException {
    return new JxlHeader(in).describe();
  }

  private ImageDescription describe() throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(0);
    if (in.readUnsignedShort() != 0xFF0A) {
      findCodestream();
    }
    boolean small = read(1) == 1;
    long height = side(small);
    int ratio = read(3);
    long width = ratio == 0 ? side(small) : height * RATIOS[ratio - 1][0] / RATIOS[ratio - 1][1];
    boolean turned = false;
    boolean allDefault = read(1) == 1;
    if (!allDefault && read(1) == 1) {
      turned = read(3) >= 4; // 5 to 8, minus 1
    }
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new IOException("sides of %d and %d".formatted(width, height));
    }
    return ImageDescription.of(
        CodedPixels.whole(
            ImageFormat.JXL,
            (int) (turned ? height : width),
            (int) (turned ? width : height),
            BYTES_PER_PIXEL),
        ExifOrientation.NONE,
        ImageMetadata.NONE);
  }

  private void findCodestream() throws IOException {
    long at = 0;
    for (int i = 0; i < MAX_BOXES; i++) {
      in.seek(at);
      long size = in.readUnsignedInt();
      int type = in.readInt();
      long data = at + 8;
      if (size == 1) {
        size = in.readLong();
        data = at + 16;
      }
      if (type == Bytes.code("jxlc") || type == Bytes.code("jxlp")) {
        in.seek(type == Bytes.code("jxlp") ? data + 4 : data);
        if (in.readUnsignedShort() != 0xFF0A) {
          throw new IOException("no codestream");
        }
        return;
      }
      if (size < data - at || at + size < at) {
        throw new EOFException("there is no codestream");
      }
      at += size;
    }
    throw new IOException("no codestream within " + MAX_BOXES + " boxes");
  }

  private long side(boolean small) throws IOException {
    if (small) {
      return (read(5) + 1) * 8L;
    }
    return read(LONG_SIDE_BITS[read(2)]) + 1L;
  }

  /** Reads up to 30 bits, lowest bit first. */
  private int read(int count) throws IOException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (buffered == 0) {
        bits = in.readUnsignedByte();
        buffered = 8;
      }
      value |= (bits & 1) << i;
      bits >>= 1;
      buffered--;
    }
    return value;
  }
}

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

  /** Besides the colours: alpha, black, spot colours, depth. */
  private static final int MAX_EXTRA_CHANNELS = 16;

  /** The width as a fraction of the height, for the codes 1 to 7: numerators and denominators. */
  private static final int[][] RATIOS = {{1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}};

  private static final int[] NONE = {0, 0};
  private static final int[] ONE = {0, 1};

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
    long[] size = size();
    int orientation = 0;
    int extraChannels = 0;
    if (!flag()) { // not all values are the default ones
      if (flag()) {
        orientation = read(3);
        skipOptionalFields();
      }
      skipSampleFormat();
      extraChannels = choice(NONE, ONE, new int[] {4, 2}, new int[] {12, 1});
    }
    if (extraChannels > MAX_EXTRA_CHANNELS) {
      throw new UnsupportedFormatException("JPEG XL with " + extraChannels + " extra channels");
    }
    boolean turned = orientation >= 4; // 5 to 8, minus 1
    long width = size[0];
    long height = size[1];
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new IOException("sides of %d and %d".formatted(width, height));
    }
    return ImageDescription.of(
        CodedPixels.whole(
            ImageFormat.JXL,
            (int) (turned ? height : width),
            (int) (turned ? width : height),
            JxlMemory.bytesPerPixel(extraChannels)),
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

  /** The width and the height. */
  private long[] size() throws IOException {
    boolean small = flag();
    long height = side(small);
    int ratio = read(3);
    long width = ratio == 0 ? side(small) : height * RATIOS[ratio - 1][0] / RATIOS[ratio - 1][1];
    return new long[] {width, height};
  }

  private long side(boolean small) throws IOException {
    if (small) {
      return (read(5) + 1) * 8L;
    }
    return read(LONG_SIDE_BITS[read(2)]) + 1L;
  }

  /** The intrinsic size, the preview's size, and the timing of an animation. */
  private void skipOptionalFields() throws IOException {
    if (flag()) {
      size();
    }
    if (flag()) {
      boolean eighths = flag();
      skipPreviewSide(eighths);
      if (read(3) == 0) {
        skipPreviewSide(eighths);
      }
    }
    if (flag()) {
      choice(NONE, NONE, new int[] {10, 1}, new int[] {30, 1});
      choice(NONE, NONE, new int[] {8, 1}, new int[] {10, 1});
      choice(NONE, new int[] {3, 0}, new int[] {16, 0}, new int[] {32, 0});
      flag();
    }
  }

  private void skipPreviewSide(boolean eighths) throws IOException {
    if (eighths) {
      choice(NONE, NONE, new int[] {5, 1}, new int[] {9, 33});
    } else {
      choice(new int[] {6, 1}, new int[] {8, 65}, new int[] {10, 321}, new int[] {12, 1345});
    }
  }

  private void skipSampleFormat() throws IOException {
    boolean floatingPoint = flag();
    choice(NONE, NONE, NONE, new int[] {6, 1});
    if (floatingPoint) {
      read(4);
    }
    flag();
  }

  private boolean flag() throws IOException {
    return read(1) == 1;
  }

  /** Reads two bits that say how many bits follow, and what is to be added to their value. */
  private int choice(int[]... bitsAndOffsets) throws IOException {
    int[] chosen = bitsAndOffsets[read(2)];
    return read(chosen[0]) + chosen[1];
  }

  /** Reads up to 32 bits, lowest bit first. */
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

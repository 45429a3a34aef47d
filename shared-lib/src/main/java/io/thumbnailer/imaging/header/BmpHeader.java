package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * The headers of a Windows bitmap. It may contain a JPEG or PNG (BI_JPEG, BI_PNG), which is
 * described by its own header and must have the size of the bitmap.
 */
final class BmpHeader {
  private static final int FILE_HEADER = 14;

  /** The length of OS/2's second header. */
  private static final int OS2 = 64;

  private BmpHeader() {}

  /**
   * The information header.
   *
   * @param height in rows, regardless of their order
   */
  record Dib(int width, int height, int bits, int compression) {}

  static ImageDescription read(ImageInputStream in, boolean metadata) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(10);
    long start = in.readUnsignedInt();
    Dib dib = dib(in, FILE_HEADER);
    if (dib.compression == 4 || dib.compression == 5) {
      List<Splice> there = List.of(Splice.file(start, in.length()));
      SplicedInput inside = new SplicedInput(in, there);
      ImageDescription inner =
          dib.compression == 4
              ? JpegHeader.read(inside, metadata)
              : PngHeader.read(inside, metadata);
      if (inner.header().width() != dib.width || inner.header().height() != dib.height) {
        throw new InnerSizeException(
            "a bitmap of %d x %d pixels holds an image of %d x %d"
                .formatted(dib.width, dib.height, inner.header().width(), inner.header().height()));
      }
      return Nested.within(inner, ImageFormat.BMP, start, in.length());
    }
    CodedPixels pixels = CodedPixels.whole(ImageFormat.BMP, dib.width, dib.height, 8);
    boolean alpha = dib.bits == 16 || dib.bits == 32;
    return ImageDescription.of(
        alpha ? pixels : pixels.scalable(0), ExifOrientation.NONE, ImageMetadata.NONE);
  }

  static Dib dib(ImageInputStream in, long at) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(at);
    long size = in.readUnsignedInt();
    if (size == 12) {
      int width = in.readUnsignedShort();
      int height = in.readUnsignedShort();
      in.skipBytes(2);
      return checked(new Dib(width, height, in.readUnsignedShort(), 0));
    }
    int width = in.readInt();
    int height = in.readInt();
    in.skipBytes(2);
    int bits = in.readUnsignedShort();
    int compression = size >= 40 ? in.readInt() : 0;
    if (size == OS2 && compression == 3) {
      throw new UnsupportedFormatException("BMP with OS/2's Huffman coding");
    }
    if (size == OS2 && compression == 4) {
      compression = 0; // runs of 24 bits, where Windows has a JPEG
    }
    return checked(new Dib(width, Math.abs(height), bits, compression));
  }

  private static Dib checked(Dib dib) throws IOException {
    if (dib.bits > 32) {
      throw new IOException(dib.bits + " bits");
    }
    return dib;
  }
}

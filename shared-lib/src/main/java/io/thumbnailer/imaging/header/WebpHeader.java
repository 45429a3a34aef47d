package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** The chunks of a WebP (RFC 9649). The size of an animation is that of its canvas. */
final class WebpHeader {
  private static final int MAX_CHUNKS = 10_000;
  private static final int MAX_EXIF_BYTES = 1 << 16;
  private static final int MAX_SIDE = 16_383;

  private final ImageInputStream in;
  private final boolean metadata;
  private int width;
  private int height;
  private boolean frameSeen;
  private boolean lossless;
  private int orientation = ExifOrientation.NONE;
  private Optional<byte[]> profile = Optional.empty();

  private WebpHeader(ImageInputStream in, boolean metadata) {
    this.in = in;
    this.metadata = metadata;
  }

  static ImageDescription read(ImageInputStream in, boolean metadata) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    WebpHeader header = new WebpHeader(in, metadata);
    header.walk();
    return ImageDescription.of(
        // native memory or a copy of a frame, and the planes
        CodedPixels.whole(ImageFormat.WEBP, header.width, header.height, 12)
            .scalable(header.held()),
        header.orientation,
        ImageMetadata.of(header.profile));
  }

  private void walk() throws IOException {
    long at = 12;
    for (int i = 0; i < MAX_CHUNKS && at + 8 <= in.length(); i++) {
      in.seek(at);
      int type = Integer.reverseBytes(in.readInt());
      long size = in.readUnsignedInt();
      at += 8 + size + (size & 1);
      lossless |= type == Bytes.code("VP8L") || type == Bytes.code("ALPH");
      if (type == Bytes.code("VP8X")) {
        in.skipBytes(4);
        size(read24() + 1, read24() + 1);
      } else if (type == Bytes.code("ANMF") && !frameSeen) {
        in.skipBytes(6);
        // A canvas larger than any still image can be is ignored.
        if (width == 0 || width > MAX_SIDE || height > MAX_SIDE) {
          size(read24() + 1, read24() + 1);
        }
        frameSeen = true;
      } else if (type == Bytes.code("VP8 ") && width == 0) {
        in.skipBytes(6);
        size(in.readUnsignedShort() & 0x3FFF, in.readUnsignedShort() & 0x3FFF);
      } else if (type == Bytes.code("VP8L") && width == 0) {
        in.skipBytes(1);
        int sizes = in.readInt();
        size((sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1);
      } else if (type == Bytes.code("EXIF")) {
        byte[] exif = Bytes.read(in, Math.min(size, MAX_EXIF_BYTES));
        boolean prefixed = Bytes.starts(exif, "Exif\0\0");
        orientation =
            ExifOrientation.of(prefixed ? Arrays.copyOfRange(exif, 6, exif.length) : exif);
      } else if (type == Bytes.code("ICCP") && metadata && profile.isEmpty()) {
        profile =
            size > ImageMetadata.MAX_PROFILE_BYTES
                ? Optional.empty()
                : Optional.of(Bytes.read(in, size));
      }
    }
  }

  /**
   * Returns the memory held per pixel: lossless images and alpha are decoded as a whole, and a
   * frame is not scaled.
   */
  private int held() {
    return frameSeen ? -1 : lossless ? 5 : 0;
  }

  private void size(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
  }

  private int read24() throws IOException {
    return in.readUnsignedShort() | in.readUnsignedByte() << 16;
  }
}

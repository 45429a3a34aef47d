package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * A GIF up to its first frame (GIF89a, sections 18 to 23). Decoders do not see comments and other
 * extensions, which they would assemble piece by piece.
 */
final class GifHeader {
  private static final int MAX_BLOCKS = 10_000;

  private GifHeader() {}

  static ImageDescription read(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(6);
    int screenWidth = in.readUnsignedShort();
    int screenHeight = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    in.skipBytes(2);
    if ((flags & 0x80) != 0) {
      in.skipBytes(3 << ((flags & 7) + 1));
    }
    long tables = in.getStreamPosition();
    Splice control = Splice.file(0, 0);
    for (int i = 0; i < MAX_BLOCKS; i++) {
      long start = in.getStreamPosition();
      int block = in.readUnsignedByte();
      if (block == 0x2C) {
        // As in browsers, the screen is as large as its first frame needs.
        int width = Math.max(screenWidth, in.readUnsignedShort() + frameSide(in, 2));
        in.seek(start + 3);
        int height = Math.max(screenHeight, in.readUnsignedShort() + frameSide(in, 2));
        List<Splice> seen =
            List.of(Splice.file(0, tables), control, Splice.file(start, in.length()));
        return ImageDescription.of(
            CodedPixels.whole(ImageFormat.GIF, width, height, 8).scalable(0).seenAs(seen),
            ExifOrientation.NONE,
            ImageMetadata.NONE);
      }
      if (block == 0x21) {
        boolean graphic = in.readUnsignedByte() == 0xF9;
        for (int size = in.readUnsignedByte(); size != 0; size = in.readUnsignedByte()) {
          in.skipBytes(size);
        }
        if (graphic && in.getStreamPosition() - start == 8) {
          control = Splice.file(start, in.getStreamPosition());
        }
      } else if (block != 0) {
        throw new IOException("no frame");
      }
    }
    throw new IOException("no frame within " + MAX_BLOCKS + " blocks");
  }

  /** Reads a side of the frame at this position; frames without pixels are not accepted. */
  private static int frameSide(ImageInputStream in, int skipped) throws IOException {
    in.skipBytes(skipped);
    int side = in.readUnsignedShort();
    if (side == 0) {
      throw new IOException("a frame without pixels");
    }
    return side;
  }
}

package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * The directory of a Windows icon. The largest image is used, with the sizes from the images
 * themselves: the directory can state anything, and states 0 for 256 pixels and more. Images larger
 * than any icon must have the size that the directory states.
 */
final class IconHeader {
  private static final int MAX_IMAGES = 64;
  private static final int DIRECTORY = 6;
  private static final int ENTRY = 16;

  private IconHeader() {}

  static ImageDescription read(ImageInputStream in, boolean metadata) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(4);
    int count = Math.min(MAX_IMAGES, in.readUnsignedShort());
    ImageDescription best = null;
    long bestRank = -1;
    IOException broken = null;
    for (int i = 0; i < count; i++) {
      in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
      in.seek(DIRECTORY + (long) ENTRY * i);
      byte[] entry = Bytes.read(in, ENTRY);
      ByteBuffer fields = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
      long start = Integer.toUnsignedLong(fields.getInt(12));
      long end = in.length(); // as in browsers, which do not believe the length either
      try {
        ImageDescription image = image(in, entry, start, end, metadata);
        int width = image.header().width();
        int height = image.header().height();
        Nested.checkIcon(width, height, side(entry[0]), side(entry[1]));
        long rank = image.header().pixels() << 8 | depth(in, image, start);
        if (rank > bestRank) {
          best = image;
          bestRank = rank;
        }
      } catch (IOException e) { // others may be complete
        broken = e;
      }
    }
    if (best == null) {
      throw broken == null ? new IOException("an icon without an image") : broken;
    }
    return best;
  }

  private static int side(byte stated) {
    return stated == 0 ? 256 : stated & 0xFF;
  }

  private static int depth(ImageInputStream in, ImageDescription image, long start)
      throws IOException {
    return image.pixels().format() == ImageFormat.ICO ? BmpHeader.dib(in, start).bits() : 32;
  }

  private static ImageDescription image(
      ImageInputStream in, byte[] entry, long start, long end, boolean metadata)
      throws IOException {
    in.seek(start);
    if (in.readUnsignedByte() == 0x89) {
      List<Splice> there = List.of(Splice.file(start, end));
      ImageDescription png = PngHeader.read(new SplicedInput(in, there), metadata);
      return Nested.within(png, ImageFormat.ICO, start, end);
    }
    BmpHeader.Dib dib = BmpHeader.dib(in, start);
    int height = dib.height() / 2; // includes the rows of the mask
    if (dib.compression() > 3) {
      throw new IOException("an image within an image");
    }
    byte[] alone = new byte[DIRECTORY + ENTRY];
    ByteBuffer directory = ByteBuffer.wrap(alone).order(ByteOrder.LITTLE_ENDIAN);
    directory.putShort((short) 0).putShort((short) 1).putShort((short) 1).put(entry);
    directory.put(DIRECTORY, (byte) (dib.width() > 255 ? 0 : dib.width()));
    directory.put(DIRECTORY + 1, (byte) (height > 255 ? 0 : height));
    directory.putInt(DIRECTORY + 12, alone.length);
    return ImageDescription.of(
        CodedPixels.whole(ImageFormat.ICO, dib.width(), height, 12)
            .seenAs(List.of(Splice.of(alone), Splice.file(start, end))),
        ExifOrientation.NONE,
        ImageMetadata.NONE);
  }
}

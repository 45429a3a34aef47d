package io.thumbnailer.imaging.codec.bmp;

import io.thumbnailer.imaging.codec.png.PngDecoder;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarRows;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes icons and cursors: the largest image, and of several with that size the one with the most
 * bits. An image is a PNG, or a bitmap followed by a mask.
 */
public final class IconDecoder {
  private static final int MAX_IMAGES = 64;
  private static final int PNG_SIGNATURE = 0x474E5089;

  private IconDecoder() {}

  /**
   * One of an icon's images, as described by its own header.
   *
   * @param start where the image begins in the file
   */
  public record Image(long start, boolean png, int width, int height, int bits) {}

  /**
   * Returns the images that can be read, best first.
   *
   * @throws IOException if there is no directory
   */
  public static List<Image> images(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(4);
    int count = Math.min(MAX_IMAGES, in.readUnsignedShort());
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try {
        in.seek(6 + 16L * i + 12);
        images.add(image(in, in.readUnsignedInt()));
      } catch (IOException e) {
        // The other images may be readable.
      }
    }
    images.sort(
        Comparator.comparingLong((Image p) -> -(long) p.width() * p.height())
            .thenComparing(p -> -p.bits()));
    return images;
  }

  private static Image image(ImageInputStream in, long start) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(start);
    if (in.readInt() == PNG_SIGNATURE) {
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      in.seek(start + 16);
      Image png = new Image(start, true, in.readInt(), in.readInt(), 32);
      in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
      return png;
    }
    DibHeader header = DibHeader.read(in, start);
    return new Image(start, false, header.width(), header.height() / 2, header.bits());
  }

  /** Decodes the best image. */
  public static Decoded decode(ImageInputStream in, ImageHeader admitted) throws IOException {
    List<Image> images = images(in);
    if (images.isEmpty()) {
      throw new IOException("the file contains no image");
    }
    Image best = images.get(0);
    if (best.width() != admitted.width() || best.height() != admitted.height()) {
      throw new IOException("the size differs from the header");
    }
    if (best.png()) {
      return PngDecoder.decode(
          new OffsetInput(in, best.start()),
          new ImageHeader(ImageFormat.PNG, best.width(), best.height(), 1),
          Optional.empty(),
          1);
    }
    return bitmap(in, best.start());
  }

  private static Decoded bitmap(ImageInputStream in, long start) throws IOException {
    DibHeader both = DibHeader.read(in, start);
    int width = both.width();
    int height = both.height() / 2;
    int[] masks = both.masks().clone();
    if (both.bits() == 32 && masks[3] == 0) {
      masks[3] = 0xFF000000;
    }
    DibHeader header =
        new DibHeader(
            width,
            height,
            both.topDown(),
            both.bits(),
            both.compression(),
            masks,
            both.bits() == 32,
            both.palette(),
            both.end(),
            Optional.empty());
    in.seek(header.end());
    PlanarRows rows = new PlanarRows(width, height, 4, Optional.empty()).keepingColours();
    try {
      new DibPixels(in, header).readInto(rows);
    } catch (EOFException e) {
      return DibAlpha.premultiplied(rows.finishDamaged(true));
    }
    Decoded decoded = rows.finish();
    byte[] alpha = decoded.image().planes().get(3).samples();
    boolean useMask = both.bits() < 32 || DibAlpha.hidesAll(alpha);
    if (useMask) {
      in.seek(header.end() + DibPixels.stride(width, both.bits()) * height);
      mask(in, width, height, both.topDown(), alpha);
    }
    return DibAlpha.premultiplied(decoded).opaqueIfSolid();
  }

  /**
   * Applies the mask, which has a bit for each pixel that is set if the pixel is transparent. A
   * missing mask hides nothing.
   */
  private static void mask(
      ImageInputStream in, int width, int height, boolean topDown, byte[] alpha) {
    java.util.Arrays.fill(alpha, (byte) 0xFF);
    byte[] row = new byte[(int) DibPixels.stride(width, 1)];
    try {
      for (int i = 0; i < height; i++) {
        in.readFully(row);
        int y = topDown ? i : height - 1 - i;
        for (int x = 0; x < width; x++) {
          if ((row[x / 8] >> (7 - x % 8) & 1) != 0) {
            alpha[y * width + x] = 0;
          }
        }
      }
    } catch (IOException e) {
      // The rows that were read are used.
    }
  }
}

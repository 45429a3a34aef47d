package io.thumbnailer.imaging.codec.bmp;

import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarRows;
import io.thumbnailer.imaging.raster.SrgbConversion;
import java.awt.color.ICC_Profile;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** Decodes Windows bitmaps of all depths: plain, with bit fields, and run-length coded. */
public final class BmpDecoder {
  private static final int FILE_HEADER = 14;

  private BmpDecoder() {}

  /**
   * Decodes as many rows as there are. Throws {@link IOException} for kinds that do not exist.
   *
   * @param denominator 1 to 16: an image without alpha comes at one over it of its size
   */
  public static Decoded decode(ImageInputStream in, ImageHeader admitted, int denominator)
      throws IOException {
    DibHeader header = DibHeader.read(in, FILE_HEADER);
    if (header.width() != admitted.width() || header.height() != admitted.height()) {
      throw new IOException("the size differs from the header");
    }
    Optional<ICC_Profile> profile =
        header
            .profile()
            .flatMap(p -> SrgbConversion.valid(p, 3))
            .filter(p -> !SrgbConversion.isSrgb(p));
    in.seek(10);
    in.setByteOrder(java.nio.ByteOrder.LITTLE_ENDIAN);
    long pixels = in.readUnsignedInt();
    // Some writers omit the offset, or write one that lies within the header.
    in.seek(pixels < FILE_HEADER + 12 ? header.end() : pixels);
    boolean alpha = header.masks()[3] != 0;
    PlanarRows rows =
        new PlanarRows(header.width(), header.height(), 4, profile, alpha ? 1 : denominator);
    if (alpha) {
      rows.keepingColours();
    }
    try {
      new DibPixels(in, header).readInto(rows);
    } catch (EOFException e) {
      Decoded part = rows.finishDamaged(true);
      return alpha ? DibAlpha.premultiplied(part) : part;
    }
    Decoded decoded = rows.finish();
    return (alpha ? DibAlpha.premultiplied(decoded) : decoded).opaqueIfSolid();
  }
}

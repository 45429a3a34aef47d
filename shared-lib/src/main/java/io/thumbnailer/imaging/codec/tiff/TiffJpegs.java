package io.thumbnailer.imaging.codec.tiff;

import io.thumbnailer.imaging.codec.jpeg.JpegDecoder;
import io.thumbnailer.imaging.header.JpegMarkers;
import io.thumbnailer.imaging.model.ImagingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Decodes strips or tiles that are JPEGs with shared tables (TIFF Technical Note 2), or, in the old
 * style, a single JPEG of which all strips are parts, or bare entropy-coded data ({@link OldJpeg}).
 */
final class TiffJpegs {
  static final int OLD = 6;
  static final int NEW = 7;

  private final JpegDecoder decoder;
  private final byte[] tables;
  private final boolean ycc;
  private final boolean tiled;
  private final Optional<OldJpeg> old;

  /** The conversion from YCbCr that the page defines, for old-style JPEG. */
  private final Optional<TiffYcc> meaning;

  /** Creates the decoder of a page; old-style strips that are not JPEGs need {@code old}. */
  TiffJpegs(JpegDecoder decoder, TiffPage page, boolean ycc, Optional<OldJpeg> old)
      throws IOException {
    this.decoder = decoder;
    this.tables = page.bytes(TiffPage.JPEG_TABLES);
    this.ycc = ycc;
    this.tiled = page.has(TiffPage.TILE_WIDTH);
    this.old = old;
    this.meaning =
        ycc && page.number(TiffPage.COMPRESSION, 1) == OLD
            ? Optional.of(TiffYcc.ofWholePixels(page))
            : Optional.empty();
  }

  /** The size of the shared tables, which are read again with each strip or tile. */
  int tableBytes() {
    return tables.length;
  }

  /** Whether they are of a supported kind: coded in blocks, all components in one stream. */
  static boolean decodes(byte[] start) {
    JpegMarkers markers = new JpegMarkers(start, 2);
    boolean frame = false;
    while (markers.next() && markers.marker() != JpegMarkers.SOS) {
      if (markers.marker() == 0xC3) {
        return false;
      }
      frame |= markers.isFrame();
    }
    return frame && markers.marker() == JpegMarkers.SOS;
  }

  /**
   * The result of a strip or tile.
   *
   * @param rows the rows that exist
   * @param corrupt whether their data is damaged
   * @param endIsMissing whether their data does not end as it should
   */
  record Part(BitSet rows, boolean corrupt, boolean endIsMissing) {}

  /**
   * Decodes a strip or tile.
   *
   * @param out receives rows of {@code width} pixels with {@code count} bytes each
   * @param wanted rows of it that are in the image
   */
  Part decode(byte[] coded, byte[] out, int width, int height, int count, int wanted)
      throws IOException, ImagingException {
    byte[] file = old.isPresent() ? old.get().file(coded, width, tiled ? height : wanted) : coded;
    if (tables.length > 4 && coded.length > 2) {
      file = Arrays.copyOf(tables, tables.length - 2 + coded.length - 2);
      System.arraycopy(coded, 2, file, tables.length - 2, coded.length - 2);
    }
    JpegDecoder.Components part = decoder.components(file, ycc && count == 3 && meaning.isEmpty());
    if (part.count() != count) {
      throw new IOException("a JPEG of %d components inside".formatted(part.count()));
    }
    BitSet rows = new BitSet();
    int columns = Math.min(width, part.width());
    int arrived = (int) (part.arrived() * part.height());
    byte[] samples = part.samples();
    if (meaning.isPresent() && count == 3) {
      samples = new byte[samples.length];
      meaning.get().toRgb(part.samples(), samples.length, part.width(), part.height(), samples);
    }
    for (int y = 0; y < Math.min(height, arrived); y++) {
      System.arraycopy(samples, y * part.width() * count, out, y * width * count, columns * count);
      rows.set(y);
    }
    return new Part(rows, part.corrupt(), part.endIsMissing());
  }
}

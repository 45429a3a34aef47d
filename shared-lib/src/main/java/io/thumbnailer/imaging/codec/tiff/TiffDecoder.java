package io.thumbnailer.imaging.codec.tiff;

import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarRows;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes the first page of TIFF and BigTIFF files that are not compressed, or by LZW, deflate or
 * PackBits: all depths, in strips or tiles, with or without planes of their own for the channels.
 */
public final class TiffDecoder {
  /** Strips that are not compressed are read in parts of so many rows. */
  private static final int MOST_ROWS = 64;

  private static final int SPARE_BYTES = 1 << 16;

  private final ImageInputStream in;
  private final int width;
  private final int height;
  private final int count;
  private final boolean planar;
  private final boolean tiled;
  private final int segmentWidth;
  private final int segmentHeight;

  /** The rows of a segment that are read at once. */
  private final int partHeight;

  private final long compression;
  private final int predictor;
  private final boolean reversed;
  private final TiffSamples samples;
  private final TiffColours colours;
  private final long[] offsets;
  private final long[] lengths;

  private TiffDecoder(ImageInputStream in, TiffPage page) throws IOException {
    this.in = in;
    this.width = Math.toIntExact(page.number(TiffPage.WIDTH, 0));
    this.height = Math.toIntExact(page.number(TiffPage.HEIGHT, 0));
    this.count = Math.toIntExact(page.number(TiffPage.SAMPLES, 1));
    this.planar = page.number(TiffPage.PLANAR, 1) == 2 && count > 1;
    this.tiled = page.has(TiffPage.TILE_WIDTH);
    this.segmentWidth = tiled ? Math.toIntExact(page.number(TiffPage.TILE_WIDTH, 0)) : width;
    int stripHeight =
        (int)
            (tiled
                ? page.number(TiffPage.TILE_HEIGHT, 0)
                : Math.min(height, page.number(TiffPage.ROWS_PER_STRIP, height)));
    this.compression = page.number(TiffPage.COMPRESSION, 1);
    this.predictor =
        compression == 1 || compression == 32773 ? 1 : (int) page.number(TiffPage.PREDICTOR, 1);
    this.reversed = page.number(TiffPage.FILL_ORDER, 1) == 2;
    long[] bits = page.numbers(TiffPage.BITS);
    long[] formats = page.numbers(TiffPage.SAMPLE_FORMAT);
    int depth = bits.length == 0 ? 1 : (int) bits[0];
    int format = formats.length == 0 || formats[0] == 4 ? 1 : (int) formats[0];
    boolean mixed = Arrays.stream(bits).anyMatch(b -> b != bits[0]);
    boolean number = format == 3 && (depth == 16 || depth == 24 || depth == 32 || depth == 64);
    if (mixed
        || depth < 1
        || depth > 64
        || count < 1
        || count > 64
        || segmentWidth < 1
        || stripHeight < 1
        || !(number || format == 1 || format == 2)) {
      throw new IOException("no such samples");
    }
    this.samples = new TiffSamples(depth, format, page.littleEndian());
    this.colours = new TiffColours(page, samples, count);
    this.segmentHeight = stripHeight;
    this.partHeight = compression == 1 && !tiled ? Math.min(stripHeight, MOST_ROWS) : stripHeight;
    this.offsets = page.numbers(tiled ? TiffPage.TILE_OFFSETS : TiffPage.STRIP_OFFSETS);
    this.lengths = page.numbers(tiled ? TiffPage.TILE_BYTES : TiffPage.STRIP_BYTES);
  }

  /** Whether the first page is of a kind that is decoded here. */
  public static boolean decodes(ImageInputStream in) throws IOException {
    TiffPage page = new TiffPage(in);
    if (!TiffCompression.isKnown(page.number(TiffPage.COMPRESSION, 1))) {
      return false;
    }
    try {
      return new TiffDecoder(in, page).offsets.length > 0;
    } catch (IOException | ArithmeticException e) {
      return false;
    }
  }

  /**
   * Decodes as many rows as there are.
   *
   * @param denominator 1 to 16: the picture comes at one over it of its size
   */
  public static Decoded decode(ImageInputStream in, ImageHeader admitted, int denominator)
      throws IOException {
    TiffDecoder decoder = new TiffDecoder(in, new TiffPage(in));
    if (decoder.width != admitted.width() || decoder.height != admitted.height()) {
      throw new IOException("another size than the header's");
    }
    return decoder.run(denominator);
  }

  private Decoded run(int denominator) throws IOException {
    PlanarRows rows =
        new PlanarRows(width, height, colours.channels(), colours.profile(), denominator);
    int across = (width + segmentWidth - 1) / segmentWidth;
    int down = (height + segmentHeight - 1) / segmentHeight;
    int planes = planar ? count : 1;
    int perPlane = planar ? 1 : count;
    int segmentRow = rowBytes(segmentWidth, perPlane);
    byte[] segment = new byte[Math.multiplyExact(segmentRow, partHeight)];
    int bandRow = Math.multiplyExact(segmentRow, across);
    boolean direct = planes == 1 && across == 1;
    byte[][] band =
        direct ? new byte[][] {segment} : new byte[planes][Math.multiplyExact(bandRow, partHeight)];
    byte[] row = new byte[bandRow];
    byte[] mixed = planar ? new byte[rowBytes(width, count)] : null;
    byte[] out = new byte[width * colours.channels()];
    for (int y = 0; y < down; y++) {
      int first = y * segmentHeight;
      int segmentRows = Math.min(segmentHeight, height - first);
      for (int top = 0; top < segmentRows; top += partHeight) {
        int available = Math.min(partHeight, segmentRows - top);
        for (int plane = 0; plane < planes; plane++) {
          for (int x = 0; x < across; x++) {
            int index = (plane * down + y) * across + x;
            Part part = new Part(index, top, segmentRow, available);
            available = Math.min(available, read(part, segment, perPlane));
            for (int i = 0; i < available && !direct; i++) {
              System.arraycopy(
                  segment, i * segmentRow, band[plane], i * bandRow + x * segmentRow, segmentRow);
            }
          }
        }
        for (int i = 0; i < available; i++) {
          byte[] whole = row;
          if (planar) {
            mix(band, i * bandRow, mixed);
            whole = mixed;
          } else {
            System.arraycopy(band[0], i * bandRow, row, 0, bandRow);
          }
          if (colours.plain(count)) {
            rows.set(first + top + i, whole, 0);
          } else {
            colours.convert(whole, width, out);
            rows.set(first + top + i, out, 0);
          }
        }
      }
    }
    return rows.finishReached();
  }

  private int rowBytes(int pixels, int perPixel) {
    return Math.toIntExact(((long) pixels * perPixel * samples.bits() + 7) / 8);
  }

  /**
   * Of a strip or tile what is read at once.
   *
   * @param top its first row, from 0 in the segment
   * @param rowBytes of the segment
   * @param rows that are wanted
   */
  private record Part(int index, int top, int rowBytes, int rows) {}

  /** Returns the rows that there are. */
  private int read(Part part, byte[] segment, int perPlane) throws IOException {
    int index = part.index;
    if (index >= offsets.length) {
      return 0;
    }
    long start = offsets[index];
    long length = index < lengths.length ? lengths[index] : 0;
    if (compression == 1) {
      long skipped = (long) part.top * part.rowBytes;
      long whole = (long) segmentHeight * part.rowBytes;
      start += skipped;
      length = (length <= 0 ? whole : Math.min(length, whole)) - skipped;
      length = Math.min(length, segment.length);
    }
    long there = in.length() < 0 ? Long.MAX_VALUE : in.length() - start;
    if (compression != 1) {
      // Strips may share what is coded, so that each takes no more of it than it can need.
      long most = 2L * segment.length + SPARE_BYTES;
      length = Math.min(length <= 0 ? there : length, most);
    }
    length = Math.min(Math.min(length, there), Integer.MAX_VALUE - 8);
    if (length <= 0) {
      return 0;
    }
    byte[] coded = new byte[(int) length];
    in.seek(start);
    in.readFully(coded);
    if (reversed) {
      for (int i = 0; i < coded.length; i++) {
        coded[i] = (byte) (Integer.reverse(coded[i]) >>> 24);
      }
    }
    int bytes = TiffCompression.expand(compression, coded, segment);
    int rows = Math.min(part.rows, bytes / part.rowBytes);
    if (predictor > 1) {
      for (int i = 0; i < rows; i++) {
        TiffPredictor.undo(predictor, segment, i * part.rowBytes, part.rowBytes, perPlane, samples);
      }
    }
    return rows;
  }

  /** Puts the samples of a pixel beside each other. */
  private void mix(byte[][] band, int from, byte[] out) {
    if (samples.bits() % 8 == 0) {
      int size = samples.bits() / 8;
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < count; c++) {
          System.arraycopy(band[c], from + x * size, out, (x * count + c) * size, size);
        }
      }
      return;
    }
    Arrays.fill(out, (byte) 0);
    long bit = 0;
    for (int x = 0; x < width; x++) {
      for (int c = 0; c < count; c++) {
        byte[] row = Arrays.copyOfRange(band[c], from, from + rowBytes(width, 1));
        long value = samples.raw(row, x);
        for (int i = samples.bits() - 1; i >= 0; i--, bit++) {
          out[(int) (bit / 8)] |= (byte) ((value >> i & 1) << (7 - bit % 8));
        }
      }
    }
  }
}

package io.thumbnailer.imaging.codec.tiff;

import io.thumbnailer.imaging.codec.jpeg.JpegDecoder;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes the first page of TIFF and BigTIFF files that are uncompressed or compressed with LZW,
 * deflate, PackBits, a facsimile coding or JPEG. It supports all depths, strips and tiles, and
 * interleaved or separate channels.
 */
public final class TiffDecoder {
  private static final int START_OF_JPEG = 1 << 16;

  /** Uncompressed strips are read in parts of this many rows. */
  private static final int MOST_ROWS = 64;

  private final int width;
  private final int height;
  private final int count;
  private final boolean planar;
  private final int segmentWidth;
  private final int segmentHeight;

  /** The number of rows of a segment that are read at once. */
  private final int partHeight;

  private final int strips;
  private final TiffSamples samples;
  private final TiffColours colours;
  private final TiffSegments segments;

  private TiffDecoder(ImageInputStream in, TiffPage page, JpegDecoder jpegs) throws IOException {
    this.width = Math.toIntExact(page.number(TiffPage.WIDTH, 0));
    this.height = Math.toIntExact(page.number(TiffPage.HEIGHT, 0));
    this.count = Math.toIntExact(page.number(TiffPage.SAMPLES, 1));
    this.planar = page.number(TiffPage.PLANAR, 1) == 2 && count > 1;
    boolean tiled = page.has(TiffPage.TILE_WIDTH);
    this.segmentWidth = tiled ? Math.toIntExact(page.number(TiffPage.TILE_WIDTH, 0)) : width;
    int stripHeight =
        (int)
            (tiled
                ? page.number(TiffPage.TILE_HEIGHT, 0)
                : Math.min(height, page.number(TiffPage.ROWS_PER_STRIP, height)));
    long compression = page.number(TiffPage.COMPRESSION, 1);
    long[] bits = page.numbers(TiffPage.BITS);
    long[] formats = page.numbers(TiffPage.SAMPLE_FORMAT);
    int depth = bits.length == 0 ? 1 : (int) bits[0];
    int format = formats.length == 0 || formats[0] == 4 ? 1 : (int) formats[0];
    boolean mixed = Arrays.stream(bits).limit(count).anyMatch(b -> b != bits[0]);
    boolean number = format == 3 && (depth == 16 || depth == 24 || depth == 32 || depth == 64);
    boolean jpeg = compression == TiffJpegs.OLD || compression == TiffJpegs.NEW;
    boolean ycc = page.number(TiffPage.PHOTOMETRIC, -1) == TiffYcc.PHOTOMETRIC;
    if (mixed
        || depth < 1
        || depth > 64
        || count < 1
        || count > 64
        || segmentWidth < 1
        || stripHeight < 1
        || !(number || format == 1 || format == 2)
        || (jpeg && depth != Byte.SIZE)
        || (FaxDecoder.isKnown(compression) && (depth != 1 || count != 1))
        || (ycc && (depth != Byte.SIZE || count != 3 || planar))) {
      throw new IOException("unsupported samples");
    }
    this.samples = new TiffSamples(depth, format, page.littleEndian());
    this.colours = new TiffColours(page, samples, count);
    long[] offsets = page.numbers(tiled ? TiffPage.TILE_OFFSETS : TiffPage.STRIP_OFFSETS);
    long[] lengths = page.numbers(tiled ? TiffPage.TILE_BYTES : TiffPage.STRIP_BYTES);
    Optional<OldJpeg> old = Optional.empty();
    if (compression == TiffJpegs.OLD) {
      byte[] stream = OldJpeg.stream(in, page);
      if (TiffJpegs.decodes(stream)) {
        offsets = oneJpeg(page, tiled || planar);
        lengths = new long[0];
        stripHeight = height;
      } else {
        old = Optional.of(OldJpeg.of(in, page, stream));
      }
    } else if (compression == TiffJpegs.NEW) {
      requireJpeg(in, page, offsets);
    }
    this.segmentHeight = stripHeight;
    boolean inParts = compression == 1 && !tiled && !ycc;
    this.partHeight = inParts ? Math.min(stripHeight, MOST_ROWS) : stripHeight;
    this.strips = offsets.length;
    Optional<TiffYcc> units = ycc && !jpeg ? Optional.of(new TiffYcc(page)) : Optional.empty();
    Optional<TiffJpegs> coded =
        jpeg ? Optional.of(new TiffJpegs(jpegs, page, ycc, old)) : Optional.empty();
    this.segments =
        new TiffSegments(
            page,
            new TiffPlaces(in, page, offsets, lengths),
            new TiffSegments.Shape(segmentWidth, stripHeight, inParts),
            samples,
            units,
            coded);
  }

  /** Treats all strips as one if the JPEG is stored in one piece. */
  private static long[] oneJpeg(TiffPage page, boolean divided) throws IOException {
    if (divided) {
      throw new IOException("the JPEG is not stored in one place");
    }
    return new long[] {page.number(TiffPage.JPEG_STREAM, 0)};
  }

  private static void requireJpeg(ImageInputStream in, TiffPage page, long[] offsets)
      throws IOException {
    if (offsets.length == 0 || !page.has(TiffPage.JPEG_TABLES)) {
      // Without shared tables each segment is a complete JPEG, and the first one shows the kind of
      // all of them.
      long first = offsets.length == 0 ? 0 : offsets[0];
      if (!TiffJpegs.decodes(bytes(in, first, START_OF_JPEG))) {
        throw new IOException("unsupported kind of JPEG");
      }
    }
  }

  private static byte[] bytes(ImageInputStream in, long start, int most) throws IOException {
    byte[] bytes = new byte[(int) Math.max(0, Math.min(most, in.length() - start))];
    in.seek(start);
    in.readFully(bytes);
    return bytes;
  }

  /**
   * Creates a decoder for a file.
   *
   * @param jpegs decodes strips and tiles that are JPEGs
   * @return empty if the first page is of an unsupported kind
   */
  public static Optional<TiffDecoder> of(ImageInputStream in, JpegDecoder jpegs)
      throws IOException {
    TiffPage page = new TiffPage(in);
    long compression = page.number(TiffPage.COMPRESSION, 1);
    if (!TiffCompression.isKnown(compression)
        && !FaxDecoder.isKnown(compression)
        && compression != TiffJpegs.OLD
        && compression != TiffJpegs.NEW) {
      return Optional.empty();
    }
    try {
      return Optional.of(new TiffDecoder(in, page, jpegs)).filter(decoder -> decoder.strips > 0);
    } catch (IOException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /**
   * Decodes as many rows as there are.
   *
   * @param denominator 1 to 16: the image comes at one over it of its size
   */
  public Decoded decode(ImageHeader admitted, int denominator)
      throws IOException, ImagingException {
    if (width != admitted.width() || height != admitted.height()) {
      throw new IOException("the size differs from the header");
    }
    return run(denominator);
  }

  private Decoded run(int denominator) throws IOException, ImagingException {
    PlanarRows rows =
        new PlanarRows(width, height, colours.channels(), colours.profile(), denominator);
    int across = (width + segmentWidth - 1) / segmentWidth;
    int down = (height + segmentHeight - 1) / segmentHeight;
    int planes = planar ? count : 1;
    int perPlane = planar ? 1 : count;
    int segmentRow = segments.rowBytes(perPlane);
    byte[] segment = new byte[Math.multiplyExact(segmentRow, partHeight)];
    int bandRow = Math.multiplyExact(segmentRow, across);
    boolean direct = planes == 1 && across == 1;
    byte[][] band =
        direct ? new byte[][] {segment} : new byte[planes][Math.multiplyExact(bandRow, partHeight)];
    byte[] row = new byte[bandRow];
    byte[] mixed = planar ? new byte[samples.rowBytes(width, count)] : null;
    byte[] out = new byte[width * colours.channels()];
    for (int first = 0; first < height; ) {
      int y = first / segmentHeight;
      int top = first - y * segmentHeight;
      int wanted = Math.min(Math.min(partHeight, segmentHeight - top), height - first);
      BitSet there = new BitSet();
      there.set(0, wanted);
      for (int plane = 0; plane < planes; plane++) {
        for (int x = 0; x < across; x++) {
          int index = (plane * down + y) * across + x;
          there.and(segments.read(index, top, segment, perPlane, wanted));
          for (int i = there.nextSetBit(0); i >= 0 && !direct; i = there.nextSetBit(i + 1)) {
            System.arraycopy(
                segment, i * segmentRow, band[plane], i * bandRow + x * segmentRow, segmentRow);
          }
        }
      }
      for (int i = there.nextSetBit(0); i >= 0; i = there.nextSetBit(i + 1)) {
        byte[] whole = row;
        if (planar) {
          mix(band, i * bandRow, mixed);
          whole = mixed;
        } else {
          System.arraycopy(band[0], i * bandRow, row, 0, bandRow);
        }
        if (colours.plain(count)) {
          rows.set(first + i, whole, 0);
        } else {
          colours.convert(whole, width, out);
          rows.set(first + i, out, 0);
        }
      }
      first += wanted;
    }
    return segments.corrupt() ? rows.finishDamaged(segments.endsEarly()) : rows.finishReached();
  }

  /** Interleaves the samples of a pixel. */
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
        byte[] row = Arrays.copyOfRange(band[c], from, from + samples.rowBytes(width, 1));
        long value = samples.raw(row, x);
        for (int i = samples.bits() - 1; i >= 0; i--, bit++) {
          out[(int) (bit / 8)] |= (byte) ((value >> i & 1) << (7 - bit % 8));
        }
      }
    }
  }
}

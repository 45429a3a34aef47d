package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * The first page of a TIFF (TIFF 6.0). The decoder sees only the entries that are needed to decode
 * the pixels, each no longer than necessary, and no other directory: neither those of EXIF, nor a
 * chain of pages that is endless or circular.
 */
final class TiffHeader {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PLANAR = 284;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int JPEG_TABLES = 347;
  private static final int JPEG_STREAM = 513;
  private static final int COLOUR_MAP = 320;
  private static final int PROFILE = 34675;

  private static final int MAX_SAMPLES = 16;
  private static final int MAX_VALUES = 1024;

  /** An image may be smaller than one tile by this many pixels. */
  private static final long SPARE_TILE = 1 << 20;

  private static final int MAX_JPEGS = 20_000;

  /** The entries that a decoder needs, and the maximum number of values of each. */
  private static final Map<Integer, Integer> KEPT =
      Map.ofEntries(
          Map.entry(COLOUR_MAP, 3 << 16),
          Map.entry(JPEG_TABLES, 1 << 16),
          Map.entry(PROFILE, ImageMetadata.MAX_PROFILE_BYTES));

  private static final List<Integer> KEPT_SMALL =
      List.of(
          WIDTH,
          HEIGHT,
          BITS,
          COMPRESSION,
          PHOTOMETRIC,
          266,
          SAMPLES,
          ROWS_PER_STRIP,
          280,
          281,
          PLANAR,
          292,
          293,
          317,
          318,
          319,
          TILE_WIDTH,
          TILE_HEIGHT,
          332,
          334,
          336,
          338,
          339,
          340,
          341,
          512,
          JPEG_STREAM,
          514,
          515,
          517,
          518,
          519,
          520,
          521,
          529,
          530,
          531,
          532);

  private final ImageInputStream in;
  private final TiffDirectory page;
  private final boolean metadata;

  private TiffHeader(ImageInputStream in, boolean metadata) throws IOException {
    this.in = in;
    this.page = new TiffDirectory(in);
    this.metadata = metadata;
  }

  static ImageDescription read(ImageInputStream in, boolean metadata) throws IOException {
    return new TiffHeader(in, metadata).describe();
  }

  private ImageDescription describe() throws IOException {
    RawPhoto.refuse(page);
    int width = side(page.number(WIDTH, 0));
    int height = side(page.number(HEIGHT, 0));
    int samples = (int) Math.min(page.number(SAMPLES, 1), Integer.MAX_VALUE);
    long bits = bits();
    if (samples < 1 || samples > MAX_SAMPLES || bits < 1 || bits > 64) {
      throw new IOException("%d samples of %d bits".formatted(samples, bits));
    }
    boolean tiled = page.has(TILE_WIDTH);
    long segmentWidth = tiled ? page.number(TILE_WIDTH, 0) : width;
    long segmentHeight =
        tiled ? page.number(TILE_HEIGHT, 0) : Math.min(height, page.number(ROWS_PER_STRIP, height));
    if (width < 1 || height < 1 || segmentWidth < 1 || segmentHeight < 1) {
      throw new IOException("a page without pixels");
    }
    long whole = up(width, 16) * up(height, 16);
    if (segmentWidth > Integer.MAX_VALUE
        || segmentHeight > Integer.MAX_VALUE
        || segmentWidth * segmentHeight > whole + SPARE_TILE) {
      throw new IOException("tiles of %d x %d".formatted(segmentWidth, segmentHeight));
    }
    long across = tiled ? (width + segmentWidth - 1) / segmentWidth : 1;
    long down = (height + segmentHeight - 1) / segmentHeight;
    long segments = across * down * (page.number(PLANAR, 1) == 2 ? samples : 1);
    long compression = page.number(COMPRESSION, 1);
    refuseUnknown(compression);
    boolean jpeg = compression == 6 || compression == 7;
    if (jpeg) {
      checkJpegs(tiled, segments, up(segmentWidth, 16), up(segmentHeight, 16));
    }
    int sampleBytes = bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
    long pixelBytes = (long) samples * sampleBytes;
    long rows = compression == 1 && !tiled ? Math.min(segmentHeight, 64) : segmentHeight;
    boolean divided = tiled || page.number(PLANAR, 1) == 2;
    long working =
        segmentWidth * rows * ((divided ? 2 : 1) * pixelBytes + (jpeg ? 14 + pixelBytes : 0))
            + (tiled ? width * rows * pixelBytes : 0)
            + (compression == 1 ? 0 : in.length())
            + 32 * segments;
    boolean scalable = compression != 6;
    CodedPixels pixels =
        new CodedPixels(
            ImageFormat.TIFF,
            width,
            height,
            (int) pixelBytes + 10, // the decoded samples, and the planes
            scalable ? 0 : -1,
            working,
            page.seenWith(kept(segments)));
    long orientation = page.number(ORIENTATION, 1);
    return new ImageDescription(
        new ImageHeader(
            ImageFormat.TIFF,
            width,
            height,
            orientation >= 1 && orientation <= 8 ? (int) orientation : ExifOrientation.NONE),
        ImageMetadata.NONE,
        pixels);
  }

  private static void refuseUnknown(long compression) throws UnsupportedFormatException {
    String name =
        switch ((int) Math.min(compression, Integer.MAX_VALUE)) {
          case 1, 2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32946, 50013 -> null;
          case 9, 10, 34661 -> "JBIG";
          case 32766, 32809, 32895, 32896, 32897, 32898 -> "a rare";
          case 33003, 33004, 33005, 34712 -> "JPEG 2000";
          case 34676, 34677 -> "LogLuv";
          case 34887 -> "LERC";
          case 34925 -> "LZMA";
          case 34892 -> "lossy DNG";
          case 50000 -> "Zstandard";
          case 50001 -> "WebP";
          case 50002, 52546 -> "JPEG XL";
          default -> "an unknown";
        };
    if (name != null) {
      throw new UnsupportedFormatException("TIFF with " + name + " compression");
    }
  }

  private List<TiffDirectory.Entry> kept(long segments) {
    List<TiffDirectory.Entry> kept = new ArrayList<>();
    for (int tag : List.of(STRIP_OFFSETS, STRIP_BYTES, TILE_OFFSETS, TILE_BYTES)) {
      if (page.has(tag)) {
        kept.add(page.entry(tag).ofAtMost(segments));
      }
    }
    KEPT.forEach((tag, most) -> keep(kept, tag, most));
    KEPT_SMALL.forEach(tag -> keep(kept, tag, MAX_VALUES));
    kept.sort(java.util.Comparator.comparingInt(TiffDirectory.Entry::tag));
    return kept;
  }

  private void keep(List<TiffDirectory.Entry> kept, int tag, int most) {
    if (page.has(tag) && page.entry(tag).count() <= most) {
      kept.add(page.entry(tag));
    }
  }

  private long bits() throws IOException {
    TiffDirectory.Entry entry = page.entry(BITS);
    long most = entry == null ? 1 : 0;
    for (int i = 0; entry != null && i < Math.min(entry.count(), MAX_SAMPLES); i++) {
      most = Math.max(most, page.number(entry, i));
    }
    return most;
  }

  /** Checks that JPEGs in strips or tiles are not larger than these. */
  private void checkJpegs(boolean tiled, long segments, long width, long height)
      throws IOException {
    if (page.has(JPEG_STREAM)) {
      checkStream(page.number(JPEG_STREAM, 0));
      return;
    }
    TiffDirectory.Entry offsets = page.entry(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
    TiffDirectory.Entry counts = page.entry(tiled ? TILE_BYTES : STRIP_BYTES);
    if (offsets == null || segments > MAX_JPEGS) {
      throw new IOException("%d images in one".formatted(segments));
    }
    boolean old = page.number(COMPRESSION, 1) == 6;
    long total = 0;
    for (long i = 0; i < Math.min(segments, offsets.count()); i++) {
      long start = page.number(offsets, i);
      long there = in.length() - start;
      if (there <= 0) {
        continue; // the file is cut off
      }
      long stated = counts == null || i >= counts.count() ? 0 : page.number(counts, i);
      long bytes = Math.min(stated, there);
      total += bytes == 0 ? there : bytes;
      if (total > in.length()) {
        throw new IOException("strips that overlap");
      }
      try {
        if (!old || isJpeg(start)) {
          check(start, bytes, width, height);
        }
      } catch (EOFException e) {
        // None of it can be decoded.
      }
    }
  }

  /** Old-style strips may be entropy-coded data without tables. */
  private boolean isJpeg(long start) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(start);
    return in.readUnsignedShort() == 0xFFD8;
  }

  /** Checks the stream, which is a complete JPEG or holds only the tables that the strips share. */
  private void checkStream(long start) throws IOException {
    try {
      check(start, 0, up(page.number(WIDTH, 0), 16), up(page.number(HEIGHT, 0), 16));
    } catch (InnerSizeException e) {
      throw e;
    } catch (IOException e) {
      // It holds only tables, so the size is that of the page.
    }
  }

  private void check(long start, long bytes, long width, long height) throws IOException {
    JpegHeader.Frame frame = JpegHeader.frame(in, start);
    if (frame.width() > width || frame.height() > height) {
      throw new InnerSizeException(
          "strips or tiles of %d x %d pixels hold an image of %d x %d"
              .formatted(width, height, frame.width(), frame.height()));
    }
    if (metadata) {
      in.seek(start);
      JpegScans.check(
          Bytes.read(in, Math.min(in.length() - start, bytes == 0 ? Long.MAX_VALUE : bytes)));
    }
  }

  private static int side(long value) throws IOException {
    if (value > Integer.MAX_VALUE) {
      throw new IOException("a side of " + value);
    }
    return (int) value;
  }

  private static long up(long value, long multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }
}

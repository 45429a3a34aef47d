package io.thumbnailer.imaging.codec.tiff;

import io.thumbnailer.imaging.model.ImagingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.BitSet;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** Reads the strips or tiles of a page and records their defects. */
final class TiffSegments {
  /**
   * The largest coded size relative to the decoded one: a fax with single dots takes five times its
   * decoded size.
   */
  private static final long MOST_CODED = 6;

  private static final int SPARE_BYTES = 1 << 16;

  private final ImageInputStream in;
  private final long fileEnd;
  private final Places places;
  private final int width;
  private final TiffSamples samples;
  private final long compression;
  private final int predictor;
  private final boolean reversed;
  private final long faxOptions;
  private final Optional<TiffYcc> ycc;
  private final Optional<TiffJpegs> jpegs;
  private boolean endsEarly;
  private boolean corrupt;

  /**
   * Where the segments are in the file.
   *
   * @param lengths in bytes
   * @param height of each segment in rows
   * @param inParts whether a part of a segment can be read, because it is not compressed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Places(long[] offsets, long[] lengths, int height, boolean inParts) {}

  /**
   * Creates a reader for the segments of a page.
   *
   * @param places where the segments are
   * @param width of each segment in pixels
   * @param ycc for segments that hold luma and chroma in units
   * @param jpegs for segments that are JPEGs
   */
  TiffSegments(
      ImageInputStream in,
      TiffPage page,
      Places places,
      int width,
      TiffSamples samples,
      Optional<TiffYcc> ycc,
      Optional<TiffJpegs> jpegs)
      throws IOException {
    this.in = in;
    this.fileEnd = page.start();
    this.places = places;
    this.width = width;
    this.samples = samples;
    this.ycc = ycc;
    this.jpegs = jpegs;
    this.compression = page.number(TiffPage.COMPRESSION, 1);
    boolean predicts = TiffCompression.predicts(compression);
    this.predictor = predicts ? (int) page.number(TiffPage.PREDICTOR, 1) : 1;
    this.reversed = jpegs.isEmpty() && page.number(TiffPage.FILL_ORDER, 1) == 2;
    this.faxOptions = page.number(TiffPage.FAX_OPTIONS, 0);
  }

  /** Whether the file ends within a segment that was read. */
  boolean endsEarly() {
    return endsEarly;
  }

  /** Whether the data of a segment that was read is damaged. */
  boolean corrupt() {
    return corrupt;
  }

  int rowBytes(int perPixel) {
    return samples.rowBytes(width, perPixel);
  }

  /**
   * Reads a segment.
   *
   * @param top the first row that is read; 0 if segments are read as a whole
   * @param to receives its rows, from the first on
   * @param perPixel number of samples in a pixel
   * @param wanted number of its rows that are in the image
   * @return the rows that exist
   */
  BitSet read(int index, int top, byte[] to, int perPixel, int wanted)
      throws IOException, ImagingException {
    Optional<byte[]> coded =
        coded(index, (long) top * rowBytes(perPixel), rowBytes(perPixel), to.length);
    BitSet rows = coded.isPresent() ? decode(coded.get(), to, perPixel, wanted) : new BitSet();
    rows.clear(wanted, Math.max(wanted, rows.length()));
    corrupt |= coded.isPresent() && rows.cardinality() < wanted;
    return rows;
  }

  private BitSet decode(byte[] coded, byte[] to, int perPixel, int wanted)
      throws IOException, ImagingException {
    int rowBytes = rowBytes(perPixel);
    if (jpegs.isPresent()) {
      return jpeg(coded, to, to.length / rowBytes, perPixel, wanted);
    }
    if (FaxDecoder.isKnown(compression)) {
      return new FaxDecoder(coded, width, (int) compression, faxOptions).decode(to, wanted);
    }
    byte[] units = ycc.map(u -> new byte[u.bytes(width, to.length / rowBytes)]).orElse(to);
    int expected = ycc.map(u -> u.bytes(width, wanted)).orElse(wanted * rowBytes);
    TiffCompression done = TiffCompression.expand(compression, coded, units, expected);
    corrupt |= done.suspect();
    int rows =
        ycc.isPresent()
            ? ycc.get().toRgb(units, done.bytes(), width, wanted, to)
            : Math.min(wanted, done.bytes() / rowBytes);
    for (int i = 0; i < rows && predictor > 1; i++) {
      TiffPredictor.undo(predictor, to, i * rowBytes, rowBytes, perPixel, samples);
    }
    BitSet there = new BitSet();
    there.set(0, rows);
    return there;
  }

  private BitSet jpeg(byte[] coded, byte[] to, int height, int perPixel, int wanted)
      throws IOException, ImagingException {
    try {
      TiffJpegs.Part part = jpegs.get().decode(coded, to, width, height, perPixel, wanted);
      corrupt |= part.corrupt();
      endsEarly |= part.endIsMissing();
      return part.rows();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the others may be complete
      return new BitSet();
    }
  }

  /** Returns the bytes of a segment that exist. */
  private Optional<byte[]> coded(int index, long skipped, int rowBytes, int expanded)
      throws IOException {
    if (index >= places.offsets.length) {
      return Optional.empty();
    }
    long start = places.offsets[index];
    long length = index < places.lengths.length ? places.lengths[index] : 0;
    if (places.inParts) {
      long whole = (long) places.height * rowBytes;
      start += skipped;
      length = Math.min((length <= 0 ? whole : Math.min(length, whole)) - skipped, expanded);
    } else {
      // Strips may share data, so each reads no more of it than it may need.
      long most = MOST_CODED * expanded + SPARE_BYTES;
      length = Math.min(length <= 0 ? fileEnd - start : length, most);
    }
    endsEarly |= length > fileEnd - start;
    length = Math.min(Math.min(length, fileEnd - start), Integer.MAX_VALUE - 8);
    if (length <= 0) {
      return Optional.empty();
    }
    byte[] coded = new byte[(int) length];
    in.seek(start);
    in.readFully(coded);
    for (int i = 0; i < coded.length && reversed; i++) {
      coded[i] = (byte) (Integer.reverse(coded[i]) >>> 24);
    }
    return Optional.of(coded);
  }
}

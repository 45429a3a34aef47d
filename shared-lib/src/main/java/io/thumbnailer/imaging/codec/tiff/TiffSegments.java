package io.thumbnailer.imaging.codec.tiff;

import io.thumbnailer.imaging.model.ImagingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.BitSet;
import java.util.Optional;

/** Reads the strips or tiles of a page and records their defects. */
final class TiffSegments {
  private final TiffPlaces places;
  private final Shape shape;
  private final TiffSamples samples;
  private final long compression;
  private final int predictor;
  private final boolean reversed;
  private final long faxOptions;
  private final Optional<TiffYcc> ycc;
  private final Optional<TiffJpegs> jpegs;
  private boolean jpegEndsEarly;
  private boolean corrupt;

  /**
   * The shape of each segment.
   *
   * @param width in pixels
   * @param height in rows
   * @param inParts whether a part of a segment can be read, because it is not compressed
   */
  record Shape(int width, int height, boolean inParts) {}

  /**
   * Creates a reader for the segments of a page.
   *
   * @param places where the segments are
   * @param ycc for segments that hold luma and chroma in units
   * @param jpegs for segments that are JPEGs
   */
  TiffSegments(
      TiffPage page,
      TiffPlaces places,
      Shape shape,
      TiffSamples samples,
      Optional<TiffYcc> ycc,
      Optional<TiffJpegs> jpegs)
      throws IOException {
    this.places = places;
    this.shape = shape;
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
    return jpegEndsEarly || places.endsEarly();
  }

  /** Whether the data of a segment that was read is damaged. */
  boolean corrupt() {
    return corrupt;
  }

  int rowBytes(int perPixel) {
    return samples.rowBytes(shape.width, perPixel);
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
      return new FaxDecoder(coded, shape.width, (int) compression, faxOptions).decode(to, wanted);
    }
    byte[] units = ycc.map(u -> new byte[u.bytes(shape.width, to.length / rowBytes)]).orElse(to);
    int expected = ycc.map(u -> u.bytes(shape.width, wanted)).orElse(wanted * rowBytes);
    TiffCompression done = TiffCompression.expand(compression, coded, units, expected);
    corrupt |= done.suspect();
    int rows =
        ycc.isPresent()
            ? ycc.get().toRgb(units, done.bytes(), shape.width, wanted, to)
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
      TiffJpegs.Part part = jpegs.get().decode(coded, to, shape.width, height, perPixel, wanted);
      corrupt |= part.corrupt();
      jpegEndsEarly |= part.endIsMissing();
      return part.rows();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the others may be complete
      return new BitSet();
    }
  }

  /** Returns the bytes of a segment, as many as there are. */
  private Optional<byte[]> coded(int index, long skipped, int rowBytes, int expanded)
      throws IOException {
    Optional<byte[]> coded =
        shape.inParts
            ? places.readPart(index, skipped, expanded, (long) shape.height * rowBytes)
            : places.read(index, expanded, jpegs.map(TiffJpegs::tableBytes).orElse(0));
    if (reversed && coded.isPresent()) {
      byte[] bytes = coded.get();
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (Integer.reverse(bytes[i]) >>> 24);
      }
    }
    return coded;
  }
}

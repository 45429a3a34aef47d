package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.header.JpegEntropySegment;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decodes a JPEG (ITU T.81) at 1/8 or 1/4 of its size without decoding most of its coefficients.
 *
 * <p>At 1/8, a block becomes one sample: its mean, which is the DC coefficient. The samples are
 * those that libjpeg yields at that scale. Scans of a progressive file that contain no DC
 * coefficients are not read. At 1/4, a block becomes 2 by 2 samples: the means of its quarters,
 * from its three lowest AC coefficients. The other coefficients are skipped, several at a time,
 * which takes about half of the time that libjpeg-turbo needs to decode them.
 *
 * <p>It supports Huffman-coded files with 8 bits, and reports how much of a file that is cut off
 * exists. Unusual and corrupt files are left to decoders that can make the best of them.
 */
public final class ScaledJpegDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** A step that reaches or passes the end of the block. */
  private static final int DONE = 64 << 8;

  /** The positions of the lowest AC coefficients in zigzag order (ITU T.81, figure A.6). */
  private static final int HORIZONTAL = 1;

  private static final int VERTICAL = 2;
  private static final int DIAGONAL = 4;

  /** An invalid code this close to the end of the data is one that is cut off. */
  private static final int LONGEST_BLOCK = 128;

  private final JpegFrame frame;
  private final JpegEntropySegment segment;
  private final JpegScan scan;
  private final JpegComponent[] components;
  private final boolean quarter;
  private long bit;
  private boolean ended;
  private boolean corrupt;
  private int row;

  private ScaledJpegDecoder(
      JpegFrame frame, JpegEntropySegment segment, JpegScan scan, boolean quarter) {
    this.quarter = quarter;
    this.frame = frame;
    this.segment = segment;
    this.scan = scan;
    this.components = scan.components();
  }

  /**
   * The part of a file that exists.
   *
   * @param image as YCbCr if it has three components; empty if it has two or four
   * @param arrived the share of its rows that are at least partly present
   * @param incomplete whether the file ends before a DC coefficient that it should contain
   * @param corrupt whether there is more data than the image needs, or an impossible mean
   */
  record Part(Optional<PlanarImage> image, double arrived, boolean incomplete, boolean corrupt) {}

  /**
   * Decodes a file.
   *
   * @param file is not changed
   * @param header the admitted header; a file with a different frame is not decoded
   * @param denominator 8 or 4
   * @return empty for a file of another kind, or a broken one
   */
  public static Optional<PlanarImage> decode(byte[] file, ImageHeader header, int denominator) {
    return decodePart(
            Arrays.copyOf(file, file.length + JpegEntropySegment.ROOM), header, denominator)
        .filter(part -> !part.incomplete())
        .flatMap(Part::image);
  }

  /**
   * Decodes a file that may be cut off.
   *
   * @param file followed by {@link JpegEntropySegment#ROOM} spare bytes; its content is overwritten
   */
  static Optional<Part> decodePart(byte[] file, ImageHeader header, int denominator) {
    boolean quarter = denominator == 4;
    double arrived = 0;
    boolean incomplete = false;
    boolean corrupt = false;
    try {
      JpegFrame frame = new JpegFrame(file, header);
      JpegEntropySegment segment = new JpegEntropySegment(file);
      Optional<JpegScan> scan = frame.nextScan(2);
      if (quarter && frame.progressive()) {
        return Optional.empty(); // its AC coefficients are distributed over many scans
      }
      for (JpegComponent component : frame.components()) {
        if (quarter) {
          component.makeQuarter();
        } else {
          component.makeEighth();
        }
      }
      while (scan.isPresent()) {
        int end = scan.get().start();
        if (scan.get().holdsDc()) {
          ScaledJpegDecoder decoder = new ScaledJpegDecoder(frame, segment, scan.get(), quarter);
          end = decoder.run();
          incomplete |= decoder.ended;
          corrupt |= decoder.corrupt;
          if (decoder.components[0] == frame.components()[0] && !scan.get().refines()) {
            arrived = (double) decoder.row / scan.get().rows();
          }
        }
        scan = frame.nextScan(end);
      }
      int count = frame.components().length;
      return Optional.of(
          new Part(
              count == 1 || count == 3 ? Optional.of(image(frame, denominator)) : Optional.empty(),
              arrived,
              incomplete,
              corrupt));
    } catch (IOException | RuntimeException e) { // hostile bytes can cause any exception
      return Optional.empty();
    }
  }

  private static PlanarImage image(JpegFrame frame, int denominator) throws IOException {
    List<Plane> planes = new ArrayList<>();
    for (JpegComponent component : frame.components()) {
      planes.add(component.plane());
    }
    return new PlanarImage(
        planes.size() == 1 ? PlanarImage.Colours.GRAY : PlanarImage.Colours.YCC,
        JpegComponent.divide(frame.width(), denominator),
        JpegComponent.divide(frame.height(), denominator),
        planes,
        Optional.empty());
  }

  /** Decodes the scan; returns its end in the file. */
  private int run() throws IOException {
    int rows = scan.rows();
    int columns = scan.columns();
    int interval = frame.restartInterval() == 0 ? rows * columns : frame.restartInterval();
    int position = scan.start();
    int left = 0;
    for (int y = 0; y < rows; y++) {
      row = y;
      for (int x = 0; x < columns; ) {
        if (left == 0) {
          boolean first = x == 0 && y == 0;
          if (!first && segment.endsImage(position)) {
            ended = true;
            return position;
          }
          corrupt |= !first && segment.holdsMore(bit);
          position = segment.load(first ? position : segment.afterRestart(position));
          bit = segment.firstBit();
          left = interval;
          for (JpegComponent component : components) {
            component.predictor = 0;
          }
        }
        int count = Math.min(left, columns - x);
        try {
          units(y, x, x + count);
        } catch (IOException | IndexOutOfBoundsException e) {
          if (bit + LONGEST_BLOCK < segment.endBit() || !segment.endsImage(position)) {
            throw e;
          }
          ended = true;
          return position;
        }
        left -= count;
        x += count;
      }
      for (JpegComponent component : components) {
        corrupt |= !scan.refines() && component.impossible(scan.shift());
      }
    }
    row = rows;
    corrupt |= segment.holdsMore(bit);
    return position;
  }

  /**
   * Decodes some units of a row: one block each, or all blocks of the components that belong
   * together.
   */
  private void units(int y, int from, int to) throws IOException {
    for (int x = from; x < to; x++) {
      for (JpegComponent c : components) {
        int across = components.length == 1 ? 1 : c.horizontal;
        int down = components.length == 1 ? 1 : c.vertical;
        for (int v = 0; v < down; v++) {
          int at = (y * down + v) * c.stride + x * across;
          for (int h = 0; h < across; h++) {
            if (scan.refines()) {
              refine(c, at + h);
            } else {
              bit = block(bit, c, at + h);
            }
          }
        }
      }
      if (bit > segment.endBit()) {
        throw new IOException("the data ends too early");
      }
    }
  }

  private void refine(JpegComponent c, int at) {
    c.coefficients[at] |= (int) (window(bit++) >>> 63) << scan.shift();
  }

  /** Decodes a block's DC coefficient and skips the others; returns the end of the block. */
  private long block(long start, JpegComponent c, int at) throws IOException {
    long window = window(start);
    int code = c.dc.next(window);
    int size = code & 0xFF;
    if (size > 15) {
      throw new IOException("no DC coefficient");
    }
    int used = code >>> 8;
    int value = (int) (window << used >>> 1 >>> (63 - size));
    // Values whose first bit is 0 are negative (F.2.2.1). Branch-free, because the sign is
    // unpredictable.
    int negative = (value - (1 << size >> 1)) >> 31;
    c.predictor += value - (negative & ((1 << size) - 1));
    used += size;
    if (quarter) {
      return lowest(start + used, c, at);
    }
    c.coefficients[at] = c.predictor << scan.shift();
    return frame.progressive() ? start + used : skip(1, start + used, window << used, c.ac);
  }

  /** Decodes the three lowest AC coefficients and skips the others. */
  private long lowest(long start, JpegComponent c, int at) throws IOException {
    long position = start;
    int horizontal = 0;
    int vertical = 0;
    int diagonal = 0;
    int k = 1;
    while (k <= DIAGONAL) {
      long window = window(position);
      int code = c.ac.next(window);
      int size = code & 15;
      int length = code >>> 8;
      position += length + size;
      if (HuffmanTable.endsBlock(code)) {
        c.quarter(at, horizontal, vertical, diagonal);
        return position;
      }
      k += (code >> 4) & 15;
      int value = (int) (window << length >>> 1 >>> (63 - size));
      int negative = (value - (1 << size >> 1)) >> 31;
      value += (negative << size) - negative;
      if (k == HORIZONTAL) {
        horizontal = value;
      } else if (k == VERTICAL) {
        vertical = value;
      } else if (k == DIAGONAL) {
        diagonal = value;
      }
      k++;
    }
    c.quarter(at, horizontal, vertical, diagonal);
    return k > 63 ? position : skip(k, position, window(position), c.ac);
  }

  /**
   * Skips AC coefficients. A window contains the bits for two steps, whatever the first one takes,
   * so that no branch has to check how many are left.
   */
  private long skip(int from, long start, long first, HuffmanTable ac) throws IOException {
    int[] table = ac.skip();
    int step = step(from, first, table, ac);
    long position = start + (step & 0xFF);
    while (step < DONE) {
      long window = window(position);
      step = step(step >>> 8, window, table, ac);
      position += step & 0xFF;
      if (step < DONE) {
        // a shift distance uses only the lowest byte of a step
        step = step(step >>> 8, window << step, table, ac);
        position += step & 0xFF;
      }
    }
    return position;
  }

  /**
   * Performs one step: returns 256 times the coefficient that it reaches, plus the number of bits
   * that it takes.
   */
  private static int step(int k, long window, int[] table, HuffmanTable ac) throws IOException {
    int entry = table[(int) (window >>> HuffmanTable.SHIFT)];
    int bits = entry & 0xFF;
    int reached = k + ((entry >> 8) & 0xFF);
    if (bits != 0 && reached < 64) {
      return (entry & HuffmanTable.END_OF_BLOCK) != 0 ? DONE | bits : (reached << 8) | bits;
    }
    int code = ac.next(window); // the codes after the first one may belong to another block
    int taken = (code >>> 8) + (code & 15);
    int reachedByOne = HuffmanTable.endsBlock(code) ? 64 : k + ((code >> 4) & 15) + 1;
    return (reachedByOne << 8) | taken;
  }

  private long window(long position) {
    return (long) LONG.get(segment.bytes(), (int) (position >>> 3)) << (position & 7);
  }
}

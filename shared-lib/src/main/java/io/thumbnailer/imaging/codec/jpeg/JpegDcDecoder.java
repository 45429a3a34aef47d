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
import java.util.List;
import java.util.Optional;

/**
 * Decodes a JPEG (ITU T.81) at an eighth of its size: the DC coefficient of a block is its mean, so
 * the other 63 are stepped over, several at a time, and a progressive file's scans of them are not
 * looked at. The samples are those that libjpeg gives at that scale.
 *
 * <p>For Huffman-coded files of 8 bits, grey or YCbCr, that are in order. Whatever is unusual or
 * broken is left to the decoders that know how to make the best of it.
 */
public final class JpegDcDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** A step that reaches the end of the block or more. */
  private static final int DONE = 64 << 8;

  private final JpegFrame frame;
  private final JpegEntropySegment segment;
  private final JpegScan scan;
  private final JpegComponent[] components;
  private long bit;

  private JpegDcDecoder(JpegFrame frame, JpegEntropySegment segment, JpegScan scan) {
    this.frame = frame;
    this.segment = segment;
    this.scan = scan;
    this.components = scan.components();
  }

  /**
   * Decodes.
   *
   * @param file is not changed
   * @param header what was admitted; a file with another frame is not decoded
   * @return nothing for a file of another kind or one that is broken
   */
  public static Optional<PlanarImage> decode(byte[] file, ImageHeader header) {
    try {
      JpegFrame frame = new JpegFrame(file, header);
      JpegEntropySegment segment = new JpegEntropySegment(file);
      Optional<JpegScan> scan = frame.nextScan(2);
      while (scan.isPresent()) {
        int end = scan.get().start();
        if (scan.get().holdsDc()) {
          end = new JpegDcDecoder(frame, segment, scan.get()).run();
        }
        scan = frame.nextScan(end);
      }
      return Optional.of(image(frame));
    } catch (IOException | IndexOutOfBoundsException e) { // the end of the file among them
      return Optional.empty();
    }
  }

  private static PlanarImage image(JpegFrame frame) throws IOException {
    List<Plane> planes = new ArrayList<>();
    for (JpegComponent component : frame.components()) {
      planes.add(component.plane());
    }
    return new PlanarImage(
        planes.size() == 1 ? PlanarImage.Colours.GRAY : PlanarImage.Colours.YCC,
        (frame.width() + 7) / 8,
        (frame.height() + 7) / 8,
        planes,
        Optional.empty());
  }

  /** Decodes the scan; returns where it ends in the file. */
  private int run() throws IOException {
    int rows = scan.rows();
    int columns = scan.columns();
    int interval = frame.restartInterval() == 0 ? rows * columns : frame.restartInterval();
    int position = scan.start();
    int left = 0;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; ) {
        if (left == 0) {
          boolean first = x == 0 && y == 0;
          position = segment.load(first ? position : segment.afterRestart(position));
          bit = 0;
          left = interval;
          for (JpegComponent component : components) {
            component.predictor = 0;
          }
        }
        int count = Math.min(left, columns - x);
        units(y, x, x + count);
        left -= count;
        x += count;
      }
    }
    return position;
  }

  /**
   * Decodes some of a row's units: a block each, or those of all components that belong together.
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
      if (bit > segment.bits()) {
        throw new IOException("the data ends too early");
      }
    }
  }

  private void refine(JpegComponent c, int at) {
    c.coefficients[at] |= (int) (window(bit++) >>> 63) << scan.shift();
  }

  /** Decodes a block's DC coefficient and steps over the others; returns where the block ends. */
  private long block(long start, JpegComponent c, int at) throws IOException {
    long window = window(start);
    int code = c.dc.next(window);
    int size = code & 0xFF;
    if (size > 15) {
      throw new IOException("no DC coefficient");
    }
    int used = code >>> 8;
    int value = (int) (window << used >>> 1 >>> (63 - size));
    // Values whose first bit is 0 are negative (F.2.2.1); without a branch, for nothing foretells
    // it.
    int negative = (value - (1 << size >> 1)) >> 31;
    c.predictor += value - (negative & ((1 << size) - 1));
    used += size;
    c.coefficients[at] = c.predictor << scan.shift();
    return frame.progressive() ? start + used : skip(start + used, window << used, c.ac);
  }

  /**
   * Steps over AC coefficients. A window holds what two steps look at, whatever the first one
   * takes, so that no branch has to ask how much of it is left.
   */
  private long skip(long start, long first, HuffmanTable ac) throws IOException {
    int[] table = ac.skip();
    int step = step(1, first, table, ac);
    long position = start + (step & 0xFF);
    while (step < DONE) {
      long window = window(position);
      step = step(step >>> 8, window, table, ac);
      position += step & 0xFF;
      if (step < DONE) {
        // the lowest byte of a step is all of it that counts as a distance
        step = step(step >>> 8, window << step, table, ac);
        position += step & 0xFF;
      }
    }
    return position;
  }

  /** One step: 256 times the coefficient that it reaches, plus the bits that it takes. */
  private static int step(int k, long window, int[] table, HuffmanTable ac) throws IOException {
    int entry = table[(int) (window >>> HuffmanTable.SHIFT)];
    int bits = entry & 0xFF;
    int reached = k + ((entry >> 8) & 0xFF);
    if (bits != 0 && reached < 64) {
      return (entry & HuffmanTable.END_OF_BLOCK) != 0 ? DONE | bits : (reached << 8) | bits;
    }
    int code = ac.next(window); // the codes after the first one may be those of another block
    int taken = (code >>> 8) + (code & 15);
    int reachedByOne = HuffmanTable.endsBlock(code) ? 64 : k + ((code >> 4) & 15) + 1;
    return (reachedByOne << 8) | taken;
  }

  private long window(long position) {
    return (long) LONG.get(segment.bytes(), (int) (position >>> 3)) << (position & 7);
  }
}

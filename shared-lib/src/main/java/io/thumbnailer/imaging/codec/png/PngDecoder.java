package io.thumbnailer.imaging.codec.png;

import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarRows;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes PNG (ISO/IEC 15948) with all colour types and depths, row by row into planes. ImageIO's
 * reader first creates an image of each row's pixels, which takes longer than everything else, and
 * fails on chunks that are not needed.
 */
public final class PngDecoder {
  /** The largest size of all rows that a native library inflates at once, outside the heap. */
  public static final long MOST_AT_ONCE = PngStream.LARGEST_WHOLE;

  /** For each pass of Adam7: the first column and row, and the steps to the next ones. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  /** For each pass: the columns and rows that a pixel represents until later passes arrive. */
  private static final int[][] BLOCKS = {{8, 8}, {4, 8}, {4, 4}, {2, 4}, {2, 2}, {1, 2}, {1, 1}};

  private final PngChunks header;
  private final PngPixels pixels;
  private final PlanarRows rows;
  private final int width;
  private final int height;

  private PngDecoder(PngChunks header, Optional<byte[]> profile, int denominator)
      throws IOException {
    if (header.isPalette() && header.palette().length == 0) {
      throw new IOException("the palette is missing");
    }
    this.header = header;
    this.pixels = new PngPixels(header);
    this.width = header.width();
    this.height = header.height();
    this.rows =
        new PlanarRows(
            width, height, pixels.channels(), PngColours.profile(header, profile), denominator);
  }

  /**
   * Decodes as many rows as there are.
   *
   * @param admitted the admitted header
   * @param profile the ICC profile, if it was read before and the stream does not contain it
   * @param denominator 1 to 16: the image comes at one over it of its size
   * @throws IOException if not even the beginning of the pixels exists
   */
  public static Decoded decode(
      ImageInputStream in, ImageHeader admitted, Optional<byte[]> profile, int denominator)
      throws IOException {
    PngChunks header = PngChunks.read(in);
    if (header.width() != admitted.width() || header.height() != admitted.height()) {
      throw new IOException("the size differs from the header");
    }
    PngDecoder decoder = new PngDecoder(header, profile, denominator);
    if (header.pixels() < 0) {
      return decoder.rows.finishDamaged(true);
    }
    try (PngStream stream = new PngStream(in, header.pixels(), decoder.total())) {
      if (header.interlaced()) {
        decoder.readPasses(stream);
      } else {
        decoder.readRows(stream);
      }
      return stream.isCorrupt() ? decoder.rows.finishDamaged(false) : decoder.rows.finish();
    } catch (EOFException e) {
      return decoder.rows.finishDamaged(true);
    } catch (java.io.InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return decoder.rows.finishDamaged(false);
    }
  }

  private long total() {
    if (!header.interlaced()) {
      return (1L + pixels.rowBytes(width)) * height;
    }
    long total = 0;
    for (int[] pass : PASSES) {
      int across = count(width, pass[0], pass[2]);
      total += across == 0 ? 0 : (1L + pixels.rowBytes(across)) * count(height, pass[1], pass[3]);
    }
    return total;
  }

  /** The number of pixels that a pass contains. */
  private static int count(int all, int first, int step) {
    return (all - first + step - 1) / step;
  }

  private void readRows(PngStream stream) throws IOException {
    byte[] row = new byte[1 + pixels.rowBytes(width)];
    byte[] above = new byte[row.length];
    byte[] unpacked = pixels.plain() ? null : new byte[width * pixels.channels()];
    for (int y = 0; y < height; y++) {
      stream.next(row, row.length);
      PngFilter.undo(row, above, pixels.step());
      if (unpacked == null) {
        rows.set(y, row, 1);
      } else {
        pixels.unpack(row, width, unpacked);
        rows.set(y, unpacked, 0);
      }
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  private void readPasses(PngStream stream) throws IOException {
    byte[] image =
        new byte[Math.multiplyExact(Math.multiplyExact(width, height), pixels.channels())];
    boolean[] seen = new boolean[height];
    try {
      for (int i = 0; i < PASSES.length; i++) {
        if (count(width, PASSES[i][0], PASSES[i][2]) > 0) {
          readPass(stream, PASSES[i], BLOCKS[i], image, seen);
        }
      }
    } finally {
      for (int y = 0; y < height; y++) {
        if (seen[y]) {
          rows.set(y, image, y * width * pixels.channels());
        }
      }
    }
  }

  private void readPass(PngStream stream, int[] pass, int[] block, byte[] image, boolean[] seen)
      throws IOException {
    int across = count(width, pass[0], pass[2]);
    int channels = pixels.channels();
    byte[] row = new byte[1 + pixels.rowBytes(across)];
    byte[] above = new byte[row.length];
    byte[] unpacked = new byte[across * channels];
    for (int y = pass[1]; y < height; y += pass[3]) {
      stream.next(row, row.length);
      PngFilter.undo(row, above, pixels.step());
      pixels.unpack(row, across, unpacked);
      int first = y * width * channels;
      for (int x = 0; x < across; x++) {
        int left = pass[0] + x * pass[2];
        for (int column = left; column < Math.min(width, left + block[0]); column++) {
          System.arraycopy(unpacked, x * channels, image, first + column * channels, channels);
        }
      }
      seen[y] = true;
      for (int below = y + 1; below < Math.min(height, y + block[1]); below++) {
        seen[below] = true;
        copyBlocks(image, y, below, pass, block);
      }
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  /** Copies to a row the pixels that the pass has set in the row above. */
  private void copyBlocks(byte[] image, int from, int to, int[] pass, int[] block) {
    int channels = pixels.channels();
    for (int x = pass[0]; x < width; x += pass[2]) {
      int bytes = Math.min(block[0], width - x) * channels;
      System.arraycopy(
          image, (from * width + x) * channels, image, (to * width + x) * channels, bytes);
    }
  }
}

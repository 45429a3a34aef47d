package io.thumbnailer.imaging.codec.png;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.stream.ImageInputStream;

/**
 * The filtered rows of a PNG: what its IDAT chunks hold, inflated. Checksums are not looked at,
 * since what they could tell is seen in the pixels.
 */
final class PngStream implements AutoCloseable {
  private static final int IDAT = 0x49444154;

  private final ImageInputStream in;
  private final Inflater inflater = new Inflater(true);
  private final byte[] packed = new byte[1 << 16];

  /** Many rows in one call of zlib, which is slow where it begins and where it ends. */
  private final byte[] inflated = new byte[1 << 18];

  private int begin;
  private int end;

  /** Bytes of the present IDAT chunk that are not read yet. */
  private long left;

  /** Bytes of the filtered rows that are not inflated yet. */
  private long missing;

  /**
   * From the first IDAT chunk on.
   *
   * @param total bytes of all rows
   */
  PngStream(ImageInputStream in, long chunk, long total) throws IOException {
    this.in = in;
    this.missing = total;
    in.seek(chunk);
    left = in.readUnsignedInt();
    in.skipBytes(4);
    skipZlibHeader();
  }

  /**
   * Leaves zlib's frame away: with it each byte would count for a checksum, which stands behind the
   * last row, where nothing is read any more.
   */
  private void skipZlibHeader() throws IOException {
    int method = readByte();
    int flags = readByte();
    boolean deflate = (method & 0x0F) == 8 && (flags & 0x20) == 0;
    if (!deflate || (method << 8 | flags) % 31 != 0) {
      throw new IOException("the pixels are not compressed as they should be");
    }
  }

  /**
   * Reads the next bytes.
   *
   * @throws EOFException when the file ends before
   * @throws IOException when they are corrupt
   */
  void next(byte[] row, int length) throws IOException {
    int at = 0;
    while (at < length) {
      if (begin == end) {
        inflate();
      }
      int count = Math.min(end - begin, length - at);
      System.arraycopy(inflated, begin, row, at, count);
      begin += count;
      at += count;
    }
  }

  private void inflate() throws IOException {
    int most = (int) Math.min(inflated.length, missing);
    begin = 0;
    end = 0;
    try {
      end = inflater.inflate(inflated, 0, most);
      while (end == 0) {
        if (inflater.finished()) {
          throw new EOFException("there are fewer pixels than promised");
        }
        inflater.setInput(packed, 0, fill());
        end = inflater.inflate(inflated, 0, most);
      }
    } catch (DataFormatException e) {
      throw new IOException("the pixels are not compressed as they should be", e);
    }
    missing -= end;
  }

  private int fill() throws IOException {
    findMore();
    int count = in.read(packed, 0, (int) Math.min(packed.length, left));
    if (count < 1) {
      throw new EOFException("the file ends too early");
    }
    left -= count;
    return count;
  }

  private int readByte() throws IOException {
    findMore();
    left--;
    return in.readUnsignedByte();
  }

  private void findMore() throws IOException {
    while (left == 0) {
      in.skipBytes(4); // the checksum
      left = in.readUnsignedInt();
      if (in.readInt() != IDAT) {
        throw new EOFException("there are fewer pixels than promised");
      }
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}

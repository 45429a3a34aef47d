package io.thumbnailer.imaging.codec.png;

import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Alpha;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes PNG (ISO/IEC 15948) of the common kinds, grey, RGB and RGBA with 8 bits a channel and not
 * interlaced, row by row into planes. ImageIO's reader makes an image of each row's pixels first,
 * which takes longer than all the rest; it reads the other kinds.
 */
public final class PngDecoder {
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int TRNS = 0x74524E53;

  private final ImageInputStream in;
  private final int width;
  private final int height;
  private final int channels;
  private final List<byte[]> planes = new ArrayList<>();
  private final byte[] packed = new byte[1 << 16];

  /** Many rows in one call of zlib, which is slow where it begins and where it ends. */
  private final byte[] inflated = new byte[1 << 18];

  private int begin;
  private int end;

  /** Bytes of the present IDAT chunk that are not read yet. */
  private long left;

  /** Bytes of the filtered rows that are not inflated yet. */
  private long missing;

  private PngDecoder(ImageInputStream in, int width, int height, int channels) {
    this.in = in;
    this.width = width;
    this.height = height;
    this.channels = channels;
  }

  /**
   * Decodes.
   *
   * @param header what was admitted
   * @return nothing for another kind of PNG; the stream is then anywhere
   */
  public static Optional<PlanarImage> decode(ImageInputStream in, ImageHeader header)
      throws IOException {
    in.seek(16); // after the signature and the head of IHDR
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    int width = in.readInt();
    int height = in.readInt();
    int depth = in.readUnsignedByte();
    int channels =
        switch (in.readUnsignedByte()) {
          case 0 -> 1;
          case 2 -> 3;
          case 6 -> 4;
          default -> 0;
        };
    in.skipBytes(2);
    boolean interlaced = in.readUnsignedByte() != 0;
    if (width != header.width()
        || height != header.height()
        || depth != 8
        || channels == 0
        || interlaced) {
      return Optional.empty();
    }
    in.skipBytes(4);
    PngDecoder decoder = new PngDecoder(in, width, height, channels);
    return decoder.findPixels() ? Optional.of(decoder.run()) : Optional.empty();
  }

  /** Goes to the first IDAT chunk; false if a colour stands for transparency. */
  private boolean findPixels() throws IOException {
    while (true) {
      long length = in.readUnsignedInt();
      int type = in.readInt();
      if (type == IDAT) {
        left = length;
        return true;
      }
      if (type == TRNS || type == IEND) {
        return false;
      }
      in.seek(in.getStreamPosition() + length + 4);
    }
  }

  private PlanarImage run() throws IOException {
    for (int i = 0; i < channels; i++) {
      planes.add(new byte[width * height]);
    }
    byte[] row = new byte[1 + width * channels];
    byte[] above = new byte[row.length];
    missing = (long) row.length * height;
    skipZlibHeader();
    Inflater inflater = new Inflater(true);
    try {
      for (int y = 0; y < height; y++) {
        next(inflater, row);
        PngFilter.undo(row, above, channels);
        take(row, y * width);
        byte[] swap = above;
        above = row;
        row = swap;
      }
    } catch (DataFormatException e) {
      throw new IOException("the pixels are not compressed as they should be", e);
    } finally {
      inflater.end();
    }
    PlanarImage.Colours colours =
        switch (channels) {
          case 1 -> PlanarImage.Colours.GRAY;
          case 3 -> PlanarImage.Colours.RGB;
          default -> PlanarImage.Colours.RGBA;
        };
    List<Plane> whole = planes.stream().map(p -> Plane.whole(p, width, height)).toList();
    return new PlanarImage(colours, width, height, whole, Optional.empty());
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

  private void next(Inflater inflater, byte[] row) throws IOException, DataFormatException {
    int at = 0;
    while (at < row.length) {
      if (begin == end) {
        inflate(inflater);
      }
      int count = Math.min(end - begin, row.length - at);
      System.arraycopy(inflated, begin, row, at, count);
      begin += count;
      at += count;
    }
  }

  private void inflate(Inflater inflater) throws IOException, DataFormatException {
    int most = (int) Math.min(inflated.length, missing);
    begin = 0;
    end = inflater.inflate(inflated, 0, most);
    while (end == 0) {
      if (inflater.finished()) {
        throw new EOFException("there are fewer pixels than promised");
      }
      inflater.setInput(packed, 0, fill());
      end = inflater.inflate(inflated, 0, most);
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

  private void take(byte[] row, int to) {
    if (channels == 1) {
      System.arraycopy(row, 1, planes.get(0), to, width);
      return;
    }
    byte[] r = planes.get(0);
    byte[] g = planes.get(1);
    byte[] b = planes.get(2);
    if (channels == 3) {
      for (int x = 0, at = 1; x < width; x++, at += 3) {
        r[to + x] = row[at];
        g[to + x] = row[at + 1];
        b[to + x] = row[at + 2];
      }
      return;
    }
    byte[] a = planes.get(3);
    for (int x = 0, at = 1; x < width; x++, at += 4) {
      byte alpha = row[at + 3];
      boolean opaque = alpha == -1;
      r[to + x] = opaque ? row[at] : Alpha.multiplied(row[at], alpha);
      g[to + x] = opaque ? row[at + 1] : Alpha.multiplied(row[at + 1], alpha);
      b[to + x] = opaque ? row[at + 2] : Alpha.multiplied(row[at + 2], alpha);
      a[to + x] = alpha;
    }
  }
}

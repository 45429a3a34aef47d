package io.thumbnailer.imaging.codec.gif;

import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarRows;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes the first frame of a GIF (GIF89a) onto its screen. As in browsers, the area around the
 * frame is transparent, and the result is large enough for both. A frame without any palette is
 * black.
 */
public final class GifDecoder {
  /** First row and step of each pass of an interlaced frame. */
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  private static final int MAX_BLOCKS = 10_000;

  private final ImageInputStream in;
  private final int width;
  private final int height;
  private PlanarRows rows;
  private byte[] palette = {};
  private int transparent = -1;
  private int left;
  private int top;
  private int frameWidth;
  private int frameHeight;
  private long frameData;

  private GifDecoder(ImageInputStream in, ImageHeader admitted) {
    this.in = in;
    this.width = admitted.width();
    this.height = admitted.height();
  }

  /**
   * Decodes as many rows as there are. Throws {@link IOException} when there is no frame.
   *
   * @param denominator 1 to 16: the image comes at one over it of its size
   */
  public static Decoded decode(ImageInputStream in, ImageHeader admitted, int denominator)
      throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    GifDecoder decoder = new GifDecoder(in, admitted);
    boolean interlaced = decoder.findFrame();
    if (decoder.left + decoder.frameWidth > decoder.width
        || decoder.top + decoder.frameHeight > decoder.height) {
      throw new IOException("the size differs from the header");
    }
    decoder.rows = new PlanarRows(decoder.width, decoder.height, 4, Optional.empty(), denominator);
    return decoder.run(interlaced, denominator == 1);
  }

  private boolean findFrame() throws IOException {
    in.seek(10);
    int flags = in.readUnsignedByte();
    in.skipBytes(2);
    readPalette(flags);
    for (int i = 0; i < MAX_BLOCKS; i++) {
      int block = in.readUnsignedByte();
      if (block == 0x2C) {
        left = in.readUnsignedShort();
        top = in.readUnsignedShort();
        frameWidth = in.readUnsignedShort();
        frameHeight = in.readUnsignedShort();
        int frameFlags = in.readUnsignedByte();
        readPalette(frameFlags);
        frameData = in.getStreamPosition();
        return (frameFlags & 0x40) != 0;
      }
      if (block == 0x21) {
        boolean control = in.readUnsignedByte() == 0xF9;
        int size = in.readUnsignedByte();
        if (control && size >= 4) {
          int controlFlags = in.readUnsignedByte();
          in.skipBytes(2);
          int index = in.readUnsignedByte();
          transparent = (controlFlags & 1) != 0 ? index : -1;
          size -= 4;
        }
        while (size != 0) {
          in.skipBytes(size);
          size = in.readUnsignedByte();
        }
      } else if (block != 0) {
        throw new IOException("no frame");
      }
    }
    throw new IOException("no frame");
  }

  private void readPalette(int flags) throws IOException {
    if ((flags & 0x80) != 0) {
      palette = new byte[3 << ((flags & 7) + 1)];
      in.readFully(palette);
    }
  }

  /**
   * Decodes the frame, and if requested repeats each row of an interlaced image until rows of later
   * passes replace the copies.
   */
  private Decoded run(boolean interlaced, boolean repeat) throws IOException {
    byte[] blank = new byte[4 * width];
    for (int y = 0; y < height; y++) {
      if (y < top || y >= top + frameHeight) {
        rows.set(y, blank, 0);
      }
    }
    in.seek(frameData);
    GifLzw lzw = new GifLzw(in);
    byte[] indices = new byte[frameWidth];
    byte[] rgba = new byte[4 * width];
    int row = 0;
    try {
      if (interlaced) {
        for (int[] pass : PASSES) {
          for (int y = pass[0]; y < frameHeight; y += pass[1]) {
            row = y;
            colour(indices, lzw.next(indices), rgba);
            int block = !repeat ? 1 : pass[0] == 0 ? 8 : pass[1] / 2;
            for (int below = y; below < Math.min(frameHeight, y + block); below++) {
              rows.set(top + below, rgba, 0);
            }
          }
        }
      } else {
        for (int y = 0; y < frameHeight; y++) {
          row = y;
          colour(indices, lzw.next(indices), rgba);
          rows.set(top + y, rgba, 0);
        }
      }
      return rows.finish().opaqueIfSolid();
    } catch (EOFException e) {
      if (!interlaced && lzw.filled() > 0) {
        colour(indices, lzw.filled(), rgba);
        rows.set(top + row, rgba, 0);
      }
      return rows.finishDamaged(true);
    }
  }

  private void colour(byte[] indices, int pixels, byte[] rgba) {
    java.util.Arrays.fill(rgba, (byte) 0);
    for (int x = 0; x < pixels; x++) {
      int index = indices[x] & 0xFF;
      if (index == transparent) {
        continue;
      }
      int to = 4 * (left + x);
      if (3 * index + 2 < palette.length) {
        System.arraycopy(palette, 3 * index, rgba, to, 3);
      }
      rgba[to + 3] = -1;
    }
  }
}

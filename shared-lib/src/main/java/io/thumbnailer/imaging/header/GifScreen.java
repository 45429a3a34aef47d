package io.thumbnailer.imaging.header;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * A GIF's logical screen and where its first frame lies on it (GIF89a, sections 18 and 20). ImageIO
 * reads the frame alone; what viewers show is the screen.
 */
public record GifScreen(int width, int height, int left, int top) {
  private static final int MAX_BLOCKS = 10_000;

  /** Reads it; throws {@link IOException} when there is no frame. */
  public static GifScreen read(ImageInputStream in) throws IOException {
    in.seek(6);
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    int width = in.readUnsignedShort();
    int height = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    in.skipBytes(2);
    if ((flags & 0x80) != 0) {
      in.skipBytes(3 << ((flags & 7) + 1));
    }
    for (int i = 0; i < MAX_BLOCKS; i++) {
      int block = in.readUnsignedByte();
      if (block == 0x2C) {
        return new GifScreen(width, height, in.readUnsignedShort(), in.readUnsignedShort());
      }
      if (block == 0x21) {
        in.skipBytes(1);
        for (int size = in.readUnsignedByte(); size != 0; size = in.readUnsignedByte()) {
          in.skipBytes(size);
        }
      } else if (block != 0) {
        throw new IOException("no frame");
      }
    }
    throw new IOException("no frame");
  }

  /** Whether a frame of that size lies on the screen; if not, viewers go by the frame. */
  public boolean holds(int frameWidth, int frameHeight) {
    return left + frameWidth <= width && top + frameHeight <= height;
  }

  /** The screen with the frame on it, transparent around. */
  public BufferedImage paint(BufferedImage frame) {
    if (!holds(frame.getWidth(), frame.getHeight())
        || (frame.getWidth() == width && frame.getHeight() == height)) {
      return frame;
    }
    BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = screen.createGraphics();
    try {
      graphics.drawImage(frame, left, top, null);
    } finally {
      graphics.dispose();
    }
    return screen;
  }
}

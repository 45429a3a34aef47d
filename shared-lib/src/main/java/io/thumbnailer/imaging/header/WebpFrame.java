package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * The first frame of a WebP (RFC 9649). Its size is stored in up to three places, and decoders
 * differ in which one they use, but only one was admitted.
 */
public final class WebpFrame {
  private static final int VP8X = 0x58385056;
  private static final int VP8 = 0x20385056;
  private static final int VP8L = 0x4C385056;
  private static final int ANMF = 0x464D4E41;

  private final ImageInputStream in;
  private final ImageHeader header;
  private int canvasWidth;
  private int canvasHeight;

  /** Where the image's data ends according to the file. */
  private long end;

  private WebpFrame(ImageInputStream in, ImageHeader header) {
    this.in = in;
    this.header = header;
  }

  /**
   * Whether the frame belongs to an animation; it may then be smaller than the animation's canvas.
   *
   * @param header the admitted header
   * @throws IOException if the frame is larger than admitted, or there is none
   */
  public static boolean animated(ImageInputStream in, ImageHeader header) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    return new WebpFrame(in, header).animated();
  }

  /**
   * Throws {@link EOFException} if the file ends before its first image does. Some decoders do not
   * report this.
   */
  public static void requireWhole(ImageInputStream in, ImageHeader header) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    WebpFrame frame = new WebpFrame(in, header);
    var unused = frame.animated();
    if (frame.end > in.length()) {
      throw new EOFException("the file ends within its image");
    }
  }

  private boolean animated() throws IOException {
    boolean animated = false;
    long at = 12;
    while (at + 8 <= in.length()) {
      in.seek(at);
      int type = in.readInt();
      long size = in.readUnsignedInt();
      end = at + 8 + size;
      at = end + (size & 1);
      switch (type) {
        case VP8X -> {
          in.skipBytes(4);
          canvasWidth = read24() + 1;
          canvasHeight = read24() + 1;
        }
        case ANMF -> {
          animated = true;
          in.skipBytes(6);
          check(read24() + 1, read24() + 1);
          in.skipBytes(4);
          at = in.getStreamPosition(); // the chunks of the frame
        }
        case VP8 -> {
          in.skipBytes(6);
          check(in.readUnsignedShort() & 0x3FFF, in.readUnsignedShort() & 0x3FFF);
          return end(animated);
        }
        case VP8L -> {
          in.skipBytes(1);
          int sizes = in.readInt();
          check((sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1);
          return end(animated);
        }
        default -> {}
      }
    }
    throw new EOFException("there is no frame");
  }

  private boolean end(boolean animated) throws IOException {
    if (!animated) {
      check(canvasWidth, canvasHeight);
    }
    return animated;
  }

  private int read24() throws IOException {
    return in.readUnsignedShort() | in.readUnsignedByte() << 16;
  }

  private void check(int width, int height) throws IOException {
    if (width > header.width() || height > header.height()) {
      throw new IOException("a frame of %d x %d in a smaller image".formatted(width, height));
    }
  }
}

package io.thumbnailer.imaging.codec.webp;

import io.thumbnailer.imaging.model.ImageHeader;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * The first frame of an animated WebP (RFC 9649) as a separate file, which decoders of still images
 * can read, and its position on the animation's canvas.
 *
 * @param file a WebP with only the frame, without profile and metadata
 * @param left position of the frame on the canvas, in pixels
 * @param top position of the frame on the canvas, in pixels
 * @param width of the frame
 * @param height of the frame
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FirstFrame(byte[] file, int left, int top, int width, int height) {
  private static final int ANMF = 0x464D4E41;
  private static final int ALPH = 0x48504C41;
  private static final int VP8 = 0x20385056;
  private static final int VP8L = 0x4C385056;
  private static final int MAX_CHUNKS = 10_000;
  private static final int MAX_MISSING = 1 << 30;

  /** Extracts the first frame. Throws {@link IOException} if there is none. */
  public static FirstFrame of(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    long at = 12;
    for (int i = 0; i < MAX_CHUNKS && at + 8 <= in.length(); i++) {
      in.seek(at);
      int type = in.readInt();
      long size = in.readUnsignedInt();
      if (type == ANMF) {
        int left = 2 * read24(in);
        int top = 2 * read24(in);
        int width = read24(in) + 1;
        int height = read24(in) + 1;
        in.skipBytes(4);
        long end = Math.min(at + 8 + size, in.length());
        return new FirstFrame(still(in, end, width, height), left, top, width, height);
      }
      at += 8 + size + (size & 1);
    }
    throw new IOException("there is no frame");
  }

  /** Returns the canvas with the frame on it; the rest is transparent. */
  public BufferedImage onCanvas(BufferedImage frame, ImageHeader canvas) {
    if (frame.getWidth() == canvas.width() && frame.getHeight() == canvas.height()) {
      return frame;
    }
    BufferedImage whole =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = whole.createGraphics();
    try {
      graphics.setComposite(AlphaComposite.Src);
      graphics.drawImage(frame, left, top, null);
    } finally {
      graphics.dispose();
    }
    return whole;
  }

  private static byte[] still(ImageInputStream in, long end, int width, int height)
      throws IOException {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    boolean alpha = false;
    boolean found = false;
    int missing = 0;
    while (!found && in.getStreamPosition() + 8 <= end) {
      int type = in.readInt();
      long size = in.readUnsignedInt();
      long start = in.getStreamPosition();
      if (type == ALPH || type == VP8 || type == VP8L) {
        byte[] data = new byte[(int) Math.min(size, Math.max(0, end - start))];
        in.readFully(data);
        alpha |= type == ALPH;
        found = type != ALPH;
        missing += (int) Math.min(MAX_MISSING, size - data.length);
        chunk(chunks, type, data, size);
      }
      in.seek(start + size + (size & 1));
    }
    if (!found) {
      throw new IOException("the frame is empty");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (alpha) {
      ByteBuffer extended = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
      extended.putInt(0x10);
      put24(extended, width - 1);
      put24(extended, height - 1);
      chunk(body, 0x58385056, extended.array(), 10);
    }
    body.writeBytes(chunks.toByteArray());
    ByteBuffer file = ByteBuffer.allocate(12 + body.size()).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x46464952)
        .putInt(4 + body.size() + missing)
        .putInt(0x50424557)
        .put(body.toByteArray());
    return file.array();
  }

  /**
   * Writes a chunk with the size that it should have, so that a decoder notices if some of it is
   * missing.
   */
  private static void chunk(ByteArrayOutputStream out, int type, byte[] data, long size) {
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.writeBytes(head.putInt(type).putInt((int) size).array());
    out.writeBytes(data);
    if (data.length % 2 == 1) {
      out.write(0);
    }
  }

  private static int read24(ImageInputStream in) throws IOException {
    return in.readUnsignedShort() | in.readUnsignedByte() << 16;
  }

  private static void put24(ByteBuffer out, int value) {
    out.putShort((short) value).put((byte) (value >> 16));
  }
}

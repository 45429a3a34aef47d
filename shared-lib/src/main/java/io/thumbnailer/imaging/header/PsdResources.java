package io.thumbnailer.imaging.header;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * The image resources of a Photoshop file: numbered blocks of bytes between the colour data and the
 * layers (Adobe Photoshop File Formats Specification).
 */
public final class PsdResources {
  private static final int MAX_BLOCKS = 10_000;

  private PsdResources() {}

  /** Reads one block. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads as much of a block as is needed; the stream is at its first byte.
     *
     * @param id the kind of the block
     * @param size of the block in bytes, as the file states it
     * @param left the number of bytes up to the end of the section
     */
    void read(int id, long size, long left) throws IOException;
  }

  /**
   * Passes each of the first 10,000 blocks to a reader, and leaves the stream at the end of the
   * section.
   *
   * @param in at the length of the section
   */
  public static void read(ImageInputStream in, Reader reader) throws IOException {
    long length = in.readUnsignedInt();
    long end = in.getStreamPosition() + length;
    for (int i = 0; i < MAX_BLOCKS && in.getStreamPosition() + 12 <= end; i++) {
      in.skipBytes(4);
      int id = in.readUnsignedShort();
      int name = in.readUnsignedByte();
      in.skipBytes(name % 2 == 0 ? name + 1 : name);
      long size = in.readUnsignedInt();
      long start = in.getStreamPosition();
      reader.read(id, size, end - start);
      in.seek(start + size + size % 2);
    }
    in.seek(end);
  }
}

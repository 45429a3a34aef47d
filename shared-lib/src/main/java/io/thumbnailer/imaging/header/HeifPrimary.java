package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The primary image of a HEIF file.
 *
 * @param item the id of the item to be decoded: the primary item, or the one that it is a copy of
 *     ({@code iden})
 * @param transforms of that item, in the order in which they are applied
 * @param transformsOfCopies those of the primary item and of others in between, to be applied after
 *     {@code transforms}; empty if the primary item is no copy
 * @param limitedGrey whether it has only one channel, whose black is 16 and whose white is 235
 * @param limitedAlpha whether full transparency is 16, and opacity 235
 */
public record HeifPrimary(
    long item,
    List<HeifTransform> transforms,
    List<HeifTransform> transformsOfCopies,
    boolean limitedGrey,
    boolean limitedAlpha) {

  /**
   * Finds the primary image of a file that was admitted.
   *
   * @throws IOException if the metadata is broken
   */
  public static HeifPrimary of(byte[] file) throws IOException {
    try (ImageInputStream whole = new MemoryInput(file)) {
      return HeifHeader.primary(whole);
    }
  }

  /** A file that was read into memory. */
  private static final class MemoryInput extends ImageInputStreamImpl {
    private final byte[] file;

    MemoryInput(byte[] file) {
      this.file = file;
    }

    @Override
    public int read() {
      bitOffset = 0;
      return streamPos < file.length ? file[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      bitOffset = 0;
      int read = (int) Math.min(count, file.length - streamPos);
      if (read <= 0) {
        return -1;
      }
      System.arraycopy(file, (int) streamPos, target, offset, read);
      streamPos += read;
      return read;
    }

    @Override
    public long length() {
      return file.length;
    }
  }
}

package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/** A file as a decoder sees it: only the pieces that it needs. */
final class SplicedInput extends ImageInputStreamImpl {
  private final ImageInputStream file;
  private final List<Splice> splices;
  private final long length;

  SplicedInput(ImageInputStream file, List<Splice> splices) {
    this.file = file;
    this.splices = splices;
    this.length = splices.stream().mapToLong(Splice::length).sum();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 1 ? -1 : one[0] & 0xFF;
  }

  /**
   * Returns fewer bytes than requested only at the end of the file, because numbers are read with a
   * single call.
   */
  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    bitOffset = 0;
    int read = 0;
    while (read < count) {
      int piece = piece(target, offset + read, count - read);
      if (piece < 0) {
        return read == 0 ? -1 : read;
      }
      read += piece;
    }
    return read;
  }

  private int piece(byte[] target, int offset, int count) throws IOException {
    long at = streamPos;
    for (Splice splice : splices) {
      if (at < splice.length()) {
        int wanted = (int) Math.min(count, splice.length() - at);
        int read = wanted;
        if (splice.bytes().length > 0) {
          System.arraycopy(splice.bytes(), (int) at, target, offset, wanted);
        } else {
          file.seek(splice.start() + at);
          read = file.read(target, offset, wanted);
        }
        streamPos += Math.max(0, read);
        return read;
      }
      at -= splice.length();
    }
    return -1;
  }

  @Override
  public long length() {
    return length;
  }
}

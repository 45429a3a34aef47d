package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/** A file as a reader gets to see it: only the pieces that it needs. */
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

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    bitOffset = 0;
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
    return count == 0 ? 0 : -1;
  }

  @Override
  public long length() {
    return length;
  }
}

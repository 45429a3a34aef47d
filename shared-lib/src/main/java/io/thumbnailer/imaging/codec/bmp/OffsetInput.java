package io.thumbnailer.imaging.codec.bmp;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/** A stream that starts at an offset in another one. */
final class OffsetInput extends ImageInputStreamImpl {
  private final ImageInputStream in;
  private final long start;

  OffsetInput(ImageInputStream in, long start) {
    this.in = in;
    this.start = start;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    in.seek(start + streamPos);
    int value = in.read();
    streamPos += value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    bitOffset = 0;
    in.seek(start + streamPos);
    int count = in.read(bytes, offset, length);
    streamPos += Math.max(0, count);
    return count;
  }

  @Override
  public long length() {
    try {
      return in.length() < 0 ? -1 : in.length() - start;
    } catch (IOException e) {
      return -1;
    }
  }
}

package io.thumbnailer.imaging;

import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Counts a JPEG's scans before it is decoded. Each scan of a progressive file goes over the whole
 * picture, so that a few bytes a scan can keep a decoder busy for hours.
 */
final class JpegScans {
  /** Real files have about ten, at most some dozens. */
  static final int LIMIT = 200;

  private JpegScans() {}

  static void check(ImageInputStream in) throws IOException {
    in.seek(0);
    byte[] buffer = new byte[1 << 16];
    int scans = 0;
    int previous = 0;
    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
      for (int i = 0; i < count; i++) {
        int value = buffer[i];
        // 0xFF 0xDA: in entropy-coded data every 0xFF is followed by 0 or a restart marker. The
        // pair inside a thumbnail or a profile counts too, which the limit leaves room for.
        if (previous == -1 && value == (byte) 0xDA && ++scans > LIMIT) {
          throw new IIOException("more than " + LIMIT + " scans");
        }
        previous = value;
      }
    }
    in.seek(0);
  }
}

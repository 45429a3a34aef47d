package io.thumbnailer.imaging.header;

import java.io.IOException;
import javax.imageio.IIOException;

/**
 * Counts the scans of a JPEG before it is decoded. Each scan of a progressive file covers the whole
 * image, so a few bytes per scan can keep a decoder busy for hours.
 */
public final class JpegScans {
  /** Real files have about ten, and at most a few dozen. */
  public static final int LIMIT = 200;

  private JpegScans() {}

  public static void check(byte[] file) throws IOException {
    int scans = 0;
    // 0xFF 0xDA: in entropy-coded data, every 0xFF is followed by 0 or by a restart marker. The
    // pair may also occur inside a thumbnail or a profile, which the limit allows for.
    for (int at = JpegEntropySegment.next0xFF(file, 0);
        at < file.length - 1;
        at = JpegEntropySegment.next0xFF(file, at + 1)) {
      if (file[at + 1] == (byte) 0xDA && ++scans > LIMIT) {
        throw new IIOException("more than " + LIMIT + " scans");
      }
    }
  }
}

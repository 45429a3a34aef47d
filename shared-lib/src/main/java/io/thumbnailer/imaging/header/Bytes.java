package io.thumbnailer.imaging.header;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/** Reads parts of a header and allocates only as much as the file really contains. */
final class Bytes {
  private Bytes() {}

  static byte[] read(ImageInputStream in, long length) throws IOException {
    if (length < 0 || in.length() - in.getStreamPosition() < length) {
      throw new EOFException("the file ends within its header");
    }
    byte[] bytes = new byte[Math.toIntExact(length)];
    in.readFully(bytes);
    return bytes;
  }

  static boolean starts(byte[] bytes, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= expected.length
        && Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
  }

  /**
   * Returns four letters as the number that represents them in a file, with the first letter in the
   * highest byte.
   */
  static int code(String four) {
    return four.charAt(0) << 24 | four.charAt(1) << 16 | four.charAt(2) << 8 | four.charAt(3);
  }
}

package io.thumbnailer.imaging.codec;

import java.util.Arrays;

/** The run-length coding of TIFF (section 9 of TIFF 6.0) and PSD. */
public final class PackBits {
  private PackBits() {}

  /**
   * Decodes until the input or the output ends.
   *
   * @return the number of bytes written
   */
  public static int unpack(byte[] in, byte[] out) {
    int to = 0;
    for (int at = 0; at < in.length && to < out.length; ) {
      int code = in[at++];
      if (code >= 0) {
        int count = Math.min(code + 1, Math.min(in.length - at, out.length - to));
        System.arraycopy(in, at, out, to, count);
        at += count;
        to += count;
      } else if (code != -128 && at < in.length) {
        int count = Math.min(1 - code, out.length - to);
        Arrays.fill(out, to, to + count, in[at++]);
        to += count;
      }
    }
    return to;
  }

  /** The number of bytes that the whole input expands to. */
  public static long unpackedBytes(byte[] in) {
    long sum = 0;
    for (int at = 0; at < in.length; ) {
      int code = in[at++];
      if (code >= 0) {
        int count = Math.min(code + 1, in.length - at);
        at += count;
        sum += count;
      } else if (code != -128 && at < in.length) {
        sum += 1 - code;
        at++;
      }
    }
    return sum;
  }
}

package io.thumbnailer.imaging.codec.tiff;

import io.thumbnailer.imaging.codec.PackBits;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Expands a strip or a tile (TIFF 6.0, sections 9 and 13; Adobe's technical notes for deflate).
 * What is cut off or corrupt gives what comes before.
 */
final class TiffCompression {
  private static final int NONE = 1;
  private static final int LZW = 5;
  private static final int DEFLATE = 8;
  private static final int OLD_DEFLATE = 32946;
  private static final int PACK_BITS = 32773;

  private TiffCompression() {}

  static boolean isKnown(long code) {
    return code == NONE
        || code == LZW
        || code == DEFLATE
        || code == OLD_DEFLATE
        || code == PACK_BITS;
  }

  /** Expands into an array; returns the bytes that there are. */
  static int expand(long code, byte[] in, byte[] out) {
    return switch ((int) code) {
      case LZW -> lzw(in, out);
      case DEFLATE, OLD_DEFLATE -> inflate(in, out);
      case PACK_BITS -> PackBits.unpack(in, out);
      default -> {
        int count = Math.min(in.length, out.length);
        System.arraycopy(in, 0, out, 0, count);
        yield count;
      }
    };
  }

  private static int inflate(byte[] in, byte[] out) {
    Inflater inflater = new Inflater();
    int count = 0;
    try {
      inflater.setInput(in);
      while (count < out.length) {
        int more = inflater.inflate(out, count, out.length - count);
        if (more == 0) {
          break;
        }
        count += more;
      }
    } catch (DataFormatException e) {
      // What was inflated before counts.
    } finally {
      inflater.end();
    }
    return count;
  }

  /** Codes of 9 to 12 bits, the highest bit first, which grow one code early. */
  private static int lzw(byte[] in, byte[] out) {
    // A file of the old kind has the lowest bit first: its first code, 256, begins otherwise.
    boolean old = in.length > 1 && in[0] == 0 && (in[1] & 1) == 1;
    int[] prefix = new int[4097];
    byte[] suffix = new byte[4097];
    int[] lengths = new int[4097];
    for (int i = 0; i < 256; i++) {
      suffix[i] = (byte) i;
      lengths[i] = 1;
    }
    int next = 258;
    int bits = 9;
    int previous = -1;
    int to = 0;
    long bit = 0;
    while (bit + bits <= 8L * in.length && to < out.length) {
      int code = old ? lowestFirst(in, bit, bits) : highestFirst(in, bit, bits);
      bit += bits;
      if (code == 257) {
        break;
      }
      if (code == 256) {
        next = 258;
        bits = 9;
        previous = -1;
        continue;
      }
      if (code > next || (code == next && previous < 0) || (code >= 256 && code < 258)) {
        break;
      }
      if (previous >= 0 && next <= 4096) {
        prefix[next] = previous;
        lengths[next] = lengths[previous] + 1;
        suffix[next] = first(prefix, suffix, code == next ? previous : code);
        next++;
      }
      if (lengths[code] == 0) {
        break;
      }
      for (int at = to + lengths[code] - 1, c = code; at >= to; at--, c = prefix[c]) {
        if (at < out.length) {
          out[at] = suffix[c];
        }
      }
      to = Math.min(out.length, to + lengths[code]);
      previous = code;
      bits =
          next + (old ? 0 : 1) >= 2048
              ? 12
              : next + (old ? 0 : 1) >= 1024 ? 11 : next + (old ? 0 : 1) >= 512 ? 10 : 9;
    }
    return to;
  }

  private static byte first(int[] prefix, byte[] suffix, int code) {
    int c = code;
    while (c >= 258) {
      c = prefix[c];
    }
    return suffix[c];
  }

  private static int highestFirst(byte[] in, long bit, int bits) {
    int at = (int) (bit / 8);
    int three = 0;
    for (int i = 0; i < 3; i++) {
      three = three << 8 | (at + i < in.length ? in[at + i] & 0xFF : 0);
    }
    return three >> (24 - bits - (int) (bit % 8)) & ((1 << bits) - 1);
  }

  private static int lowestFirst(byte[] in, long bit, int bits) {
    int at = (int) (bit / 8);
    int three = 0;
    for (int i = 2; i >= 0; i--) {
      three = three << 8 | (at + i < in.length ? in[at + i] & 0xFF : 0);
    }
    return three >> (int) (bit % 8) & ((1 << bits) - 1);
  }
}

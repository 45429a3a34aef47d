package io.thumbnailer.imaging.codec.tiff;

import io.thumbnailer.imaging.codec.PackBits;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Expands a strip or a tile (TIFF 6.0, sections 9 and 13; Adobe's technical notes for deflate). If
 * the data is cut off or corrupt, the result contains what precedes the defect.
 *
 * @param bytes the number of expanded bytes
 * @param suspect whether the coded bytes do not end where they should, so that some of the expanded
 *     bytes are wrong
 */
record TiffCompression(int bytes, boolean suspect) {
  private static final int NONE = 1;
  private static final int LZW = 5;
  private static final int DEFLATE = 8;
  private static final int OLD_DEFLATE = 32946;
  private static final int PACK_BITS = 32773;

  /** More bytes than this after the last code are not padding. */
  private static final int SPARE_BYTES = 4;

  /** Whether the compression allows prediction. */
  static boolean predicts(long code) {
    return code == LZW || code == DEFLATE || code == OLD_DEFLATE;
  }

  static boolean isKnown(long code) {
    return code == NONE
        || code == LZW
        || code == DEFLATE
        || code == OLD_DEFLATE
        || code == PACK_BITS;
  }

  /**
   * Expands coded bytes.
   *
   * @param expected number of bytes of the image's own rows; the array may be larger
   */
  static TiffCompression expand(long code, byte[] in, byte[] out, int expected) {
    return switch ((int) code) {
      case LZW -> lzw(in, out, expected);
      case DEFLATE, OLD_DEFLATE -> inflate(in, out);
      case PACK_BITS ->
          new TiffCompression(PackBits.unpack(in, out), PackBits.unpackedBytes(in) > out.length);
      default -> {
        int count = Math.min(in.length, out.length);
        System.arraycopy(in, 0, out, 0, count);
        yield new TiffCompression(count, false);
      }
    };
  }

  private static TiffCompression inflate(byte[] in, byte[] out) {
    Inflater inflater = new Inflater();
    boolean corrupt = false;
    try {
      inflater.setInput(in);
      int more = 1;
      for (int count = 0; more > 0 && count < out.length; count += more) {
        more = inflater.inflate(out, count, out.length - count);
      }
      // More data than the rows is also an error; if there is none, this reads the checksum.
      corrupt = inflater.inflate(new byte[1]) > 0 || !inflater.finished();
    } catch (DataFormatException e) {
      corrupt = true; // the bytes inflated before that are used
    }
    int count = (int) Math.min(out.length, inflater.getBytesWritten());
    inflater.end();
    return new TiffCompression(count, corrupt);
  }

  // Codes of 9 to 12 bits, the highest bit first, which grow one code early.
  private static TiffCompression lzw(byte[] in, byte[] out, int expected) {
    // Files of the old kind store the lowest bit first, which shows in their first code, 256.
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
    boolean ended = false;
    while (!ended && bit + bits <= 8L * in.length && to < out.length) {
      int code = old ? lowestFirst(in, bit, bits) : highestFirst(in, bit, bits);
      bit += bits;
      if (code == 257) {
        ended = true;
        continue;
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
    boolean over = ended || bit + bits > 8L * in.length;
    boolean next257 =
        !over && (old ? lowestFirst(in, bit, bits) : highestFirst(in, bit, bits)) == 257;
    boolean more = !over && !next257 && 8L * in.length - bit > 8 * SPARE_BYTES;
    return new TiffCompression(to, more && to >= expected);
  }

  private static byte first(int[] prefix, byte[] suffix, int code) {
    int c = code;
    while (c >= 258) {
      c = prefix[c];
    }
    return suffix[c];
  }

  /** Returns up to 16 bits; bits after the end are 0. */
  static int highestFirst(byte[] in, long bit, int bits) {
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

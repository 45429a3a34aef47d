package io.thumbnailer.imaging.codec.tiff;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Decodes facsimile coding (ITU-T T.4 and T.6; TIFF 6.0, sections 10 and 11) into rows with one bit
 * per pixel, which is set for black. After an error it continues at the next end-of-line code, if
 * the coding has such codes, and skips the rows in between.
 */
final class FaxDecoder {
  static final int RLE = 2;
  static final int GROUP_3 = 3;
  static final int GROUP_4 = 4;
  static final int RLE_IN_WORDS = 32771;

  private static final int EOL_ZEROS = 11;

  /**
   * The vertical mode for the next 7 bits: the shift plus 4, times 8, plus the number of bits of
   * its code.
   */
  private static final int[] VERTICAL = verticalCodes();

  private final byte[] in;
  private final int width;
  private final int coding;
  private final boolean twoDimensional;
  private long bit;

  /**
   * The positions in a row, and in the row above, where the colour changes: to black, to white and
   * so on.
   */
  private int[] row;

  private int[] above;
  private int changes;

  /**
   * Creates a decoder for a strip or tile.
   *
   * @param coding TIFF's number of the compression
   * @param options of Group 3
   */
  FaxDecoder(byte[] in, int width, int coding, long options) {
    this.in = in;
    this.width = width;
    this.coding = coding;
    this.twoDimensional = coding == GROUP_3 && (options & 1) != 0;
    this.row = new int[width + 4];
    this.above = new int[width + 4];
    Arrays.fill(above, width);
  }

  static boolean isKnown(long coding) {
    return coding == RLE || coding == GROUP_3 || coding == GROUP_4 || coding == RLE_IN_WORDS;
  }

  /**
   * Decodes the rows.
   *
   * @param out is filled from its beginning; each row begins at a byte boundary
   * @return the rows that could be decoded
   */
  BitSet decode(byte[] out, int rows) {
    BitSet decoded = new BitSet(rows);
    int rowBytes = (width + 7) / 8;
    boolean lost = false;
    for (int y = 0; y < rows; y++) {
      int ends = alignOrSkipEnds();
      if (ends > 1 || bit >= 8L * in.length) {
        break;
      }
      boolean oneDimensional = coding != GROUP_4 && (!twoDimensional || bits(1) == 1);
      bit += twoDimensional ? 1 : 0;
      changes = 0;
      if (lost && !oneDimensional) {
        if (!findEnd()) {
          break;
        }
        continue;
      }
      lost = !(oneDimensional ? readRuns() : readModes()) || bit > 8L * in.length;
      if (lost) {
        if (coding != GROUP_3 || !findEnd()) {
          break;
        }
        continue;
      }
      Arrays.fill(row, changes, row.length, width);
      paint(out, y * rowBytes);
      decoded.set(y);
      int[] swap = above;
      above = row;
      row = swap;
    }
    return decoded;
  }

  /** Moves to the beginning of a row and returns the number of end-of-line codes before it. */
  private int alignOrSkipEnds() {
    if (coding == RLE) {
      bit = (bit + 7) / 8 * 8;
    } else if (coding == RLE_IN_WORDS) {
      bit = (bit + 15) / 16 * 16;
    } else if (coding == GROUP_3) {
      int ends = 0;
      while (skipEnd()) {
        ends++;
        if (twoDimensional && bits(1) == 1 && endFollows(1)) {
          return 2; // with their tags between them
        }
      }
      return ends;
    }
    return 0;
  }

  private boolean endFollows(int after) {
    long start = bit;
    bit += after;
    boolean follows = bits(EOL_ZEROS + 1) == 1;
    bit = start;
    return follows;
  }

  /** Skips at least 11 zeros and a one, if they are next. */
  private boolean skipEnd() {
    if (bits(EOL_ZEROS) != 0) {
      return false;
    }
    long at = bit + EOL_ZEROS;
    while (at < 8L * in.length && bitAt(at) == 0) {
      at++;
    }
    if (at >= 8L * in.length) {
      return false;
    }
    bit = at + 1;
    return true;
  }

  /** Moves to the next end-of-line code; returns false if there is none. */
  private boolean findEnd() {
    int zeros = 0;
    for (long at = bit; at < 8L * in.length; at++) {
      if (bitAt(at) == 0) {
        zeros++;
      } else if (zeros >= EOL_ZEROS) {
        bit = at - EOL_ZEROS;
        return true;
      } else {
        zeros = 0;
      }
    }
    return false;
  }

  private boolean readRuns() {
    int x = 0;
    for (boolean black = false; x < width; black = !black) {
      int run = run(black);
      if (run < 0 || x + run > width || !add(x + run)) {
        return false;
      }
      x += run;
    }
    return true;
  }

  private boolean readModes() {
    int x = -1;
    boolean black = false;
    int next = 0;
    while (x < width) {
      // The next change in the row above to the opposite colour.
      while (next > 0 && above[next - 1] > x) {
        next--;
      }
      while (above[next] < width && (above[next] <= x || (next & 1) != (black ? 1 : 0))) {
        next++;
      }
      int begin = Math.max(0, x);
      int code = bits(7);
      if (VERTICAL[code] > 0) {
        bit += VERTICAL[code] & 7;
        x = above[next] + (VERTICAL[code] >> 3) - 4;
        black = !black;
        if (x < begin || x > width || !add(x)) {
          return false;
        }
      } else if (code >> 4 == 1) { // horizontal
        bit += 3;
        int first = run(black);
        int second = first < 0 ? -1 : run(!black);
        x = begin + first + second;
        if (second < 0 || x > width || !add(begin + first) || !add(x)) {
          return false;
        }
      } else if (code >> 3 == 1) { // pass
        bit += 4;
        x = above[next] < width ? above[next + 1] : width;
      } else {
        return false;
      }
    }
    return true;
  }

  private int run(boolean black) {
    FaxCodes codes = black ? FaxCodes.BLACK : FaxCodes.WHITE;
    int sum = 0;
    while (bit < 8L * in.length) {
      int code = codes.at(bits(FaxCodes.LONGEST));
      if (code < 0) {
        return -1;
      }
      bit += code & 15;
      int run = code >> 4;
      sum += run;
      if (sum > width) {
        return -1;
      }
      if (run < FaxCodes.MAKE_UP) {
        return sum;
      }
    }
    return -1;
  }

  private boolean add(int x) {
    if (changes >= width + 2) {
      return false;
    }
    row[changes++] = x;
    return true;
  }

  private void paint(byte[] out, int from) {
    Arrays.fill(out, from, from + (width + 7) / 8, (byte) 0);
    for (int i = 0; i < changes; i += 2) {
      for (int x = row[i]; x < row[i + 1]; x++) {
        out[from + x / 8] |= (byte) (0x80 >> x % 8);
      }
    }
  }

  /** Returns the next bits; bits after the end are 0. */
  private int bits(int count) {
    return TiffCompression.highestFirst(in, bit, count);
  }

  private int bitAt(long at) {
    return in[(int) (at / 8)] >> (7 - (int) (at % 8)) & 1;
  }

  private static int[] verticalCodes() {
    int[] codes = new int[1 << 7];
    String[] shifts = {"0000010", "000010", "010", "1", "011", "000011", "0000011"};
    for (int i = 0; i < shifts.length; i++) {
      int spare = 7 - shifts[i].length();
      int first = Integer.parseInt(shifts[i], 2) << spare;
      Arrays.fill(codes, first, first + (1 << spare), (i + 1) << 3 | shifts[i].length());
    }
    return codes;
  }
}

package io.thumbnailer.imaging.codec.jpeg;

import java.io.IOException;

/**
 * A Huffman table of a JPEG (ITU T.81, annex C) for looking at the next bits of a stream, which
 * come left-aligned in a {@code long}.
 *
 * <p>Who wants only the DC coefficients steps over the others. For that {@link #skip} tells of the
 * next bits at once how long all the codes in them are, with the bits of their values.
 */
final class HuffmanTable {
  /** Bits that are looked up at once: tables that stay in the L1 cache. */
  static final int WINDOW = 12;

  /** What of a window is left of it. */
  static final int SHIFT = 64 - WINDOW;

  /** In an entry of {@link #skip}: the last of the codes ends the block. */
  static final int END_OF_BLOCK = 1 << 30;

  private static final int LONGEST = 16;

  private final byte[] symbols;

  /** For each length, the first code after those of that length, left-aligned in 16 bits. */
  private final int[] limits = new int[LONGEST + 1];

  /** For each length, what to add to a code to get the index of its symbol. */
  private final int[] offsets = new int[LONGEST + 1];

  private final int[] single = new int[1 << WINDOW];
  private int[] skip;

  /**
   * A table as a file defines it.
   *
   * @param counts the number of codes of each length, 1 to 16
   * @param symbols of the codes in their order
   * @throws IOException when there are more codes than fit their lengths
   */
  HuffmanTable(int[] counts, byte[] symbols) throws IOException {
    this.symbols = symbols;
    int code = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      offsets[length] = index - code;
      for (int i = 0; i < counts[length - 1]; i++, code++, index++) {
        if (code >= 1 << length) {
          throw new IOException("too many Huffman codes");
        }
        if (length <= WINDOW) {
          int from = code << (WINDOW - length);
          int entry = (length << 8) | (symbols[index] & 0xFF);
          java.util.Arrays.fill(single, from, from + (1 << (WINDOW - length)), entry);
        }
      }
      limits[length] = code << (LONGEST - length);
      code <<= 1;
    }
  }

  /** The next code: its length in bits, times 256, plus its symbol. */
  int next(long window) throws IOException {
    int entry = single[(int) (window >>> SHIFT)];
    return entry != 0 ? entry : longer(window);
  }

  private int longer(long window) throws IOException {
    int next = (int) (window >>> (64 - LONGEST));
    for (int length = WINDOW + 1; length <= LONGEST; length++) {
      if (next < limits[length]) {
        int index = (next >>> (LONGEST - length)) + offsets[length];
        return (length << 8) | (symbols[index] & 0xFF);
      }
    }
    throw new IOException("no such Huffman code");
  }

  /**
   * For every window the codes of AC coefficients in it: their bits together with those of their
   * values, plus 256 times the coefficients that they make; {@link #END_OF_BLOCK}, if the last one
   * does. 0 where the first code is longer than the window.
   */
  int[] skip() {
    if (skip == null) {
      int[] entries = new int[1 << WINDOW];
      for (int window = 0; window < entries.length; window++) {
        entries[window] = skip(window);
      }
      skip = entries;
    }
    return skip;
  }

  private int skip(int window) {
    int bits = 0;
    int coefficients = 0;
    while (bits < WINDOW) {
      int code = single[(window << bits) & ((1 << WINDOW) - 1)];
      int length = code >>> 8;
      if (code == 0 || bits + length > WINDOW) {
        break; // the rest of the code is not in the window
      }
      int size = code & 15;
      bits += length + size;
      if (endsBlock(code)) {
        return END_OF_BLOCK | (coefficients << 8) | bits;
      }
      coefficients += ((code >> 4) & 15) + 1;
    }
    return (coefficients << 8) | bits;
  }

  /** Whether a code of {@link #next} says that all further coefficients of the block are 0. */
  static boolean endsBlock(int code) {
    return (code & 15) == 0 && ((code >> 4) & 15) != 15;
  }
}

package io.thumbnailer.imaging.codec.jpeg;

import java.io.IOException;
import java.util.Arrays;

/**
 * A Huffman table of a JPEG (ITU T.81, annex C). It is indexed by the next bits of a stream, which
 * are left-aligned in a {@code long}.
 *
 * <p>{@link #next} decodes one code. {@link #skip} skips AC coefficients: one look-up gives the
 * total length of all codes in the next {@value #WINDOW} bits, together with the bits of their
 * values. The layouts of the entries, bit 31 on the left:
 *
 * <pre>
 * next   31              13 12      8 7     4 3     0
 *        +-----------------+---------+-------+-------+
 *        |        0        | length  |  run  | size  |
 *        +-----------------+---------+-------+-------+
 *                           of the    the symbol: zeros before the coefficient,
 *                           code      bits of its value (of a DC code, only size)
 *
 * skip   31 30 29        16 15      8 7             0
 *        +--+---+----------+---------+---------------+
 *        |0 |EOB|    0     | coeffi- |     bits      |
 *        |  |   |          | cients  |               |
 *        +--+---+----------+---------+---------------+
 *            the last code  passed,   to skip: codes and values,
 *            ends the block with zeros of which the last may reach beyond the window
 * </pre>
 */
final class HuffmanTable {
  /** The number of bits of an index; small enough for the tables to stay in the L1 cache. */
  static final int WINDOW = 12;

  /** Moves the window to the right end of a {@code long}. */
  static final int SHIFT = 64 - WINDOW;

  /** In an entry of {@link #skip}: the last code ends the block. */
  static final int END_OF_BLOCK = 1 << 30;

  private static final int LONGEST = 16;

  private final byte[] symbols;

  /** For each length, the first code after those of that length, left-aligned in 16 bits. */
  private final int[] limits = new int[LONGEST + 1];

  /** For each length, the difference between the index of a code's symbol and the code. */
  private final int[] offsets = new int[LONGEST + 1];

  private final int[] single = new int[1 << WINDOW];
  private int[] skip;

  /**
   * Creates a table from its definition in a file.
   *
   * @param counts the number of codes of each length, 1 to 16
   * @param symbols of the codes, in the order of the codes
   * @throws IOException if there are more codes than their lengths allow
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
          Arrays.fill(single, from, from + (1 << (WINDOW - length)), entry);
        }
      }
      limits[length] = code << (LONGEST - length);
      code <<= 1;
    }
  }

  /** The length of the next code in bits, times 256, plus its symbol. */
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
    throw new IOException("invalid Huffman code");
  }

  /**
   * For every window, the AC codes at its beginning: the number of their bits and of the bits of
   * their values, plus 256 times the number of coefficients, plus {@link #END_OF_BLOCK} if the last
   * code ends the block. 0 if the first code is longer than the window.
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

  /** Whether a code of {@link #next} means that all further coefficients of the block are 0. */
  static boolean endsBlock(int code) {
    return (code & 15) == 0 && ((code >> 4) & 15) != 15;
  }
}

package io.thumbnailer.imaging.codec.tiff;

/**
 * Reads samples of any depth from a row: those of whole bytes in the file's byte order, others
 * packed with the highest bit first.
 *
 * @param bits number of bits of a sample, 1 to 64
 * @param format 1 for unsigned, 2 for signed, 3 for floating point
 */
record TiffSamples(int bits, int format, boolean littleEndian) {

  /**
   * Returns a sample as a fraction of the brightest unsigned one, also if it is signed, as in
   * libvips. A floating-point number is returned as it is.
   */
  double at(byte[] row, int index) {
    if (format == 3) {
      return floating(raw(row, index));
    }
    long raw = raw(row, index);
    if (format == 2) {
      long signed = raw << (64 - bits) >> (64 - bits);
      return Math.max(0, signed) / (Math.pow(2, bits) - 1);
    }
    return (bits == 64 ? (raw >>> 1) * 2.0 : raw) / (Math.pow(2, bits) - 1);
  }

  /** The number of bytes in a row. */
  int rowBytes(int pixels, int perPixel) {
    return Math.toIntExact(((long) pixels * perPixel * bits + 7) / 8);
  }

  /** The bits of a sample. */
  long raw(byte[] row, int index) {
    long value = 0;
    if (bits % 8 == 0) {
      int bytes = bits / 8;
      int first = index * bytes;
      for (int i = 0; i < bytes; i++) {
        value = value << 8 | (row[littleEndian ? first + bytes - 1 - i : first + i] & 0xFF);
      }
      return value;
    }
    long bit = (long) index * bits;
    for (int left = bits; left > 0; ) {
      int inByte = 8 - (int) (bit % 8);
      int count = Math.min(left, inByte);
      int part = (row[(int) (bit / 8)] & 0xFF) >> (inByte - count) & ((1 << count) - 1);
      value = value << count | part;
      bit += count;
      left -= count;
    }
    return value;
  }

  private double floating(long raw) {
    double value =
        switch (bits) {
          case 16 -> half((int) raw);
          case 24 -> small((int) raw);
          case 32 -> Float.intBitsToFloat((int) raw);
          default -> Double.longBitsToDouble(raw);
        };
    return Double.isNaN(value) ? 0 : value;
  }

  private static double half(int raw) {
    int exponent = raw >> 10 & 31;
    double fraction = (raw & 1023) / 1024.0;
    double value =
        exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
    return (raw & 0x8000) != 0 ? -value : value;
  }

  /** 24 bits: a sign, 7 bits of exponent, 16 of fraction. */
  private static double small(int raw) {
    int exponent = raw >> 16 & 127;
    double fraction = (raw & 0xFFFF) / 65536.0;
    double value =
        exponent == 0 ? fraction * Math.pow(2, -62) : (1 + fraction) * Math.pow(2, exponent - 63);
    return (raw & 0x800000) != 0 ? -value : value;
  }
}

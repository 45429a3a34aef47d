package io.thumbnailer.imaging.header;

/**
 * A piece of the input that a decoder sees: a range of the file, or bytes that replace it.
 *
 * @param bytes the replacement; empty for a range
 * @param start of the range in the file
 * @param length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Splice(byte[] bytes, long start, long length) {
  private static final byte[] NONE = {};

  /** A range of the file, which may be empty. */
  static Splice file(long start, long end) {
    return new Splice(NONE, start, Math.max(0, end - start));
  }

  /** Bytes that are not in the file. */
  static Splice of(byte[] bytes) {
    return new Splice(bytes, 0, bytes.length);
  }
}

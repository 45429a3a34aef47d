package io.thumbnailer.imaging.codec.png;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import java.util.List;

/**
 * Inflates a whole buffer with libdeflate, if the machine has it. It takes about half the time of
 * zlib, but cannot stream, and yields nothing if the stream is damaged. Thread-safe.
 */
final class NativeInflater {
  private static final System.Logger LOG = System.getLogger(NativeInflater.class.getName());

  /** The name if development files are installed, and the name of the library's ABI. */
  private static final List<String> NAMES = List.of("deflate", "libdeflate.so.0");

  private static final boolean FOUND = search();

  private NativeInflater() {}

  /** Whether the machine has the library; searched once, and the result logged. */
  static boolean available() {
    return FOUND;
  }

  private static boolean search() {
    for (String name : NAMES) {
      try {
        DeflateLibrary.load(name);
        LOG.log(System.Logger.Level.INFO, "PNG is decoded with libdeflate ({0})", name);
        return true;
      } catch (LinkageError e) {
        LOG.log(System.Logger.Level.DEBUG, "no library " + name, e);
      }
    }
    LOG.log(
        System.Logger.Level.INFO,
        "PNG is decoded with the JDK's zlib, which is slower: libdeflate was not found");
    return false;
  }

  /**
   * Inflates a raw deflate stream (RFC 1951) of exactly {@code plainBytes}.
   *
   * @return false if the stream is damaged, or longer or shorter; then the contents of {@code
   *     plain} are undefined
   */
  static boolean inflate(Pointer packed, long packedBytes, Pointer plain, long plainBytes) {
    Pointer decompressor = DeflateLibrary.libdeflate_alloc_decompressor();
    if (decompressor == null) {
      return false;
    }
    try {
      NativeLongByReference actual = new NativeLongByReference();
      int result =
          DeflateLibrary.libdeflate_deflate_decompress(
              decompressor,
              packed,
              new NativeLong(packedBytes),
              plain,
              new NativeLong(plainBytes),
              actual);
      return result == DeflateLibrary.LIBDEFLATE_SUCCESS
          && actual.getValue().longValue() == plainBytes;
    } finally {
      DeflateLibrary.libdeflate_free_decompressor(decompressor);
    }
  }
}

package io.thumbnailer.imaging.codec.png;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;

/** The functions of libdeflate that are used, as named in {@code libdeflate.h}. */
final class DeflateLibrary {
  static final int LIBDEFLATE_SUCCESS = 0;

  private DeflateLibrary() {}

  /** Binds the functions; throws {@link UnsatisfiedLinkError} if the library does not exist. */
  static void load(String name) {
    Native.register(DeflateLibrary.class, NativeLibrary.getInstance(name));
  }

  static native Pointer libdeflate_alloc_decompressor();

  static native void libdeflate_free_decompressor(Pointer decompressor);

  static native int libdeflate_deflate_decompress(
      Pointer decompressor,
      Pointer packed,
      NativeLong packedBytes,
      Pointer plain,
      NativeLong plainBytes,
      NativeLongByReference actualBytes);
}

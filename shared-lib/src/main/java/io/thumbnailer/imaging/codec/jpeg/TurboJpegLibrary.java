package io.thumbnailer.imaging.codec.jpeg;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.NativeLongByReference;

/**
 * The functions of the TurboJPEG API, version 2, that are used. Names and types are those of {@code
 * turbojpeg.h}; version 3 of the library still has them.
 */
final class TurboJpegLibrary {
  static final int TJSAMP_444 = 0;
  static final int TJSAMP_420 = 2;
  static final int TJSAMP_GRAY = 3;
  static final int TJCS_YCBCR = 1;
  static final int TJCS_GRAY = 2;
  static final int TJFLAG_NOREALLOC = 1024;
  static final int TJFLAG_ACCURATEDCT = 4096;
  static final int TJFLAG_LIMITSCANS = 32768;
  static final int TJERR_WARNING = 0;

  private TurboJpegLibrary() {}

  /** Binds the functions; throws {@link UnsatisfiedLinkError} if the library does not exist. */
  static void load(String name) {
    Native.register(TurboJpegLibrary.class, NativeLibrary.getInstance(name));
  }

  static native Pointer tjInitDecompress();

  static native Pointer tjInitCompress();

  static native int tjDestroy(Pointer handle);

  static native int tjGetErrorCode(Pointer handle);

  static native String tjGetErrorStr2(Pointer handle);

  static native int tjDecompressHeader3(
      Pointer handle,
      Pointer jpeg,
      NativeLong size,
      IntByReference width,
      IntByReference height,
      IntByReference subsampling,
      IntByReference colorspace);

  static native int tjPlaneWidth(int component, int width, int subsampling);

  static native int tjPlaneHeight(int component, int height, int subsampling);

  static native int tjDecompressToYUVPlanes(
      Pointer handle,
      Pointer jpeg,
      NativeLong size,
      Pointer planes,
      int width,
      Pointer strides,
      int height,
      int flags);

  static native NativeLong tjBufSize(int width, int height, int subsampling);

  static native int tjCompressFromYUVPlanes(
      Pointer handle,
      Pointer planes,
      int width,
      Pointer strides,
      int height,
      int subsampling,
      Pointer jpeg,
      NativeLongByReference size,
      int quality,
      int flags);
}

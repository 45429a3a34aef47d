package io.thumbnailer.imaging.codec.jpeg;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.NativeLongByReference;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.NativeArena;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import java.util.List;
import java.util.Optional;

/**
 * Decodes and encodes JPEG with libjpeg-turbo, if the machine has it. It decodes at a fraction of
 * the size (the inverse DCT yields 4x4, 2x2 or 1x1 pixels per block), and returns and accepts the
 * file's own YCbCr planes. Without it the JDK's decoder is used; the thumbnails are the same within
 * a tolerance that the tests state. Thread-safe.
 */
public final class NativeJpeg {
  private static final System.Logger LOG = System.getLogger(NativeJpeg.class.getName());

  /** The name if development files are installed, and the name of the library's ABI. */
  private static final List<String> NAMES = List.of("turbojpeg", "libturbojpeg.so.0");

  private static final Optional<NativeJpeg> FOUND = search();

  private final String library;

  private NativeJpeg(String library) {
    this.library = library;
  }

  /**
   * Returns the library if the machine has it; it is searched only once, and the result is logged.
   */
  public static Optional<NativeJpeg> find() {
    return FOUND;
  }

  /** The file that was loaded. */
  public String library() {
    return library;
  }

  private static Optional<NativeJpeg> search() {
    for (String name : NAMES) {
      try {
        TurboJpegLibrary.load(name);
        LOG.log(System.Logger.Level.INFO, "JPEG is decoded by libjpeg-turbo ({0})", name);
        return Optional.of(new NativeJpeg(name));
      } catch (LinkageError e) {
        LOG.log(System.Logger.Level.DEBUG, "no library " + name, e);
      }
    }
    LOG.log(
        System.Logger.Level.INFO,
        "JPEG is decoded by the JDK, which is slower: libturbojpeg was not found");
    return Optional.empty();
  }

  /**
   * Decodes a grey or YCbCr JPEG.
   *
   * @param header the admitted header; a file whose size is different according to the library is
   *     not decoded
   * @param denominator 1, 2, 4 or 8: the image is reduced by this factor, rounded up
   * @return empty if the file must be decoded in another way: RGB, CMYK, unusual sampling factors,
   *     or so broken that the library fails
   */
  public Optional<RawJpeg> decode(byte[] file, ImageHeader header, int denominator) {
    Pointer handle = TurboJpegLibrary.tjInitDecompress();
    long most = NativePlanes.most(header.width(), header.height(), denominator);
    try (NativeArena arena = NativeArena.of(file.length + most, 1 + NativePlanes.PARTS)) {
      Pointer jpeg = arena.part(file.length);
      jpeg.write(0, file, 0, file.length);
      NativeLong size = new NativeLong(file.length);
      IntByReference width = new IntByReference();
      IntByReference height = new IntByReference();
      IntByReference subsampling = new IntByReference();
      IntByReference colorspace = new IntByReference();
      int result =
          TurboJpegLibrary.tjDecompressHeader3(
              handle, jpeg, size, width, height, subsampling, colorspace);
      if (failed(handle, result)
          || width.getValue() != header.width()
          || height.getValue() != header.height()
          || (colorspace.getValue() != TurboJpegLibrary.TJCS_YCBCR
              && colorspace.getValue() != TurboJpegLibrary.TJCS_GRAY)) {
        return Optional.empty();
      }
      NativePlanes planes =
          new NativePlanes(
              arena, header.width(), header.height(), denominator, subsampling.getValue());
      result =
          TurboJpegLibrary.tjDecompressToYUVPlanes(
              handle,
              jpeg,
              size,
              planes.pointers(),
              planes.width(),
              planes.strides(),
              planes.height(),
              TurboJpegLibrary.TJFLAG_LIMITSCANS | TurboJpegLibrary.TJFLAG_ACCURATEDCT);
      if (failed(handle, result)) {
        return Optional.empty();
      }
      Optional<String> warning =
          result == 0 ? Optional.empty() : Optional.of(TurboJpegLibrary.tjGetErrorStr2(handle));
      return Optional.of(new RawJpeg(planes.read(), warning));
    } finally {
      TurboJpegLibrary.tjDestroy(handle);
    }
  }

  /**
   * Encodes a grey or YCbCr image whose chroma has the full resolution, or half of it in both
   * directions.
   *
   * @param quality 1 to 100
   */
  public byte[] encode(PlanarImage image, int quality) {
    Pointer handle = TurboJpegLibrary.tjInitCompress();
    int subsampling = subsampling(image);
    long most = TurboJpegLibrary.tjBufSize(image.width(), image.height(), subsampling).longValue();
    long planeBytes = NativePlanes.most(image.width(), image.height(), 1);
    try (NativeArena arena = NativeArena.of(most + planeBytes, 2 + NativePlanes.PARTS)) {
      NativePlanes planes = new NativePlanes(arena, image.width(), image.height(), 1, subsampling);
      planes.write(image);
      Pointer jpeg = arena.part(most);
      Pointer pointer = arena.part(Native.POINTER_SIZE);
      pointer.setPointer(0, jpeg);
      NativeLongByReference size = new NativeLongByReference(new NativeLong(most));
      int result =
          TurboJpegLibrary.tjCompressFromYUVPlanes(
              handle,
              planes.pointers(),
              planes.width(),
              planes.strides(),
              planes.height(),
              subsampling,
              pointer,
              size,
              quality,
              TurboJpegLibrary.TJFLAG_NOREALLOC | TurboJpegLibrary.TJFLAG_ACCURATEDCT);
      if (result != 0) {
        throw new IllegalStateException(TurboJpegLibrary.tjGetErrorStr2(handle));
      }
      return jpeg.getByteArray(0, size.getValue().intValue());
    } finally {
      TurboJpegLibrary.tjDestroy(handle);
    }
  }

  private static int subsampling(PlanarImage image) {
    if (image.colours() == PlanarImage.Colours.GRAY) {
      return TurboJpegLibrary.TJSAMP_GRAY;
    }
    Plane luma = image.planes().get(0);
    Plane chroma = image.planes().get(1);
    return chroma.width() == luma.width() && chroma.height() == luma.height()
        ? TurboJpegLibrary.TJSAMP_444
        : TurboJpegLibrary.TJSAMP_420;
  }

  /**
   * Whether the call failed; files that are cut off or damaged but still show something only cause
   * warnings.
   */
  private static boolean failed(Pointer handle, int result) {
    return result != 0 && TurboJpegLibrary.tjGetErrorCode(handle) != TurboJpegLibrary.TJERR_WARNING;
  }
}

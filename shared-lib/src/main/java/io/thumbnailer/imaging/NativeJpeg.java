package io.thumbnailer.imaging;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.NativeLongByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JPEG by libjpeg-turbo, when the machine has it. It decodes at a fraction of the size (the inverse
 * DCT gives 4x4, 2x2 or 1x1 pixels for a block) and hands over and takes the file's own YCbCr
 * planes. Without it the JDK's decoder does the work and the thumbnails are the same within a
 * tolerance that the tests state. Thread-safe.
 */
public final class NativeJpeg {
  private static final System.Logger LOG = System.getLogger(NativeJpeg.class.getName());

  /** The name where development files are installed, and the name of the library's ABI. */
  private static final List<String> NAMES = List.of("turbojpeg", "libturbojpeg.so.0");

  private static final Optional<NativeJpeg> FOUND = search();

  private final String library;

  private NativeJpeg(String library) {
    this.library = library;
  }

  /** The library, if the machine has it; searched once, and the result logged. */
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
        LOG.log(System.Logger.Level.INFO, "JPEG by libjpeg-turbo ({0})", name);
        return Optional.of(new NativeJpeg(name));
      } catch (LinkageError e) {
        LOG.log(System.Logger.Level.DEBUG, "no library " + name, e);
      }
    }
    LOG.log(System.Logger.Level.INFO, "JPEG by the JDK, which is slower: there is no libturbojpeg");
    return Optional.empty();
  }

  /**
   * Decodes a grey or YCbCr JPEG.
   *
   * @param denominator 1, 2, 4 or 8: the picture comes at one over it of its size, rounded up
   * @return nothing when the file is of a kind that has to be decoded another way: RGB, CMYK, odd
   *     sampling, or so broken that the library gives up
   */
  Optional<PlanarImage> decode(byte[] file, int denominator) {
    Pointer handle = TurboJpegLibrary.tjInitDecompress();
    try (Memory jpeg = new Memory(file.length)) {
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
          || (colorspace.getValue() != TurboJpegLibrary.TJCS_YCBCR
              && colorspace.getValue() != TurboJpegLibrary.TJCS_GRAY)) {
        return Optional.empty();
      }
      Layout layout =
          Layout.of(width.getValue(), height.getValue(), denominator, subsampling.getValue());
      try (Planes planes = new Planes(layout)) {
        result =
            TurboJpegLibrary.tjDecompressToYUVPlanes(
                handle,
                jpeg,
                size,
                planes.pointers,
                layout.width,
                planes.strides,
                layout.height,
                TurboJpegLibrary.TJFLAG_LIMITSCANS | TurboJpegLibrary.TJFLAG_ACCURATEDCT);
        return failed(handle, result) ? Optional.empty() : Optional.of(planes.read());
      }
    } finally {
      TurboJpegLibrary.tjDestroy(handle);
    }
  }

  /**
   * Encodes a grey or YCbCr image with chroma in full resolution or half of it both ways.
   *
   * @param quality 1 to 100
   */
  byte[] encode(PlanarImage image, int quality) {
    Pointer handle = TurboJpegLibrary.tjInitCompress();
    Layout layout = Layout.of(image.width(), image.height(), 1, subsampling(image));
    try (Planes planes = new Planes(layout);
        Memory jpeg =
            new Memory(
                TurboJpegLibrary.tjBufSize(layout.width, layout.height, layout.subsampling)
                    .longValue());
        Memory pointer = new Memory(Native.POINTER_SIZE)) {
      planes.write(image);
      pointer.setPointer(0, jpeg);
      NativeLongByReference size = new NativeLongByReference(new NativeLong(jpeg.size()));
      int result =
          TurboJpegLibrary.tjCompressFromYUVPlanes(
              handle,
              planes.pointers,
              layout.width,
              planes.strides,
              layout.height,
              layout.subsampling,
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
    return image.planes().get(1).width() == image.planes().get(0).width()
        ? TurboJpegLibrary.TJSAMP_444
        : TurboJpegLibrary.TJSAMP_420;
  }

  /** Warnings are for files that are cut off or damaged but still show something. */
  private static boolean failed(Pointer handle, int result) {
    return result != 0 && TurboJpegLibrary.tjGetErrorCode(handle) != TurboJpegLibrary.TJERR_WARNING;
  }

  /** Sizes of planes as the library wants them: padded to whole chroma samples. */
  private record Layout(
      int width, int height, double exactWidth, double exactHeight, int subsampling) {

    static Layout of(int width, int height, int denominator, int subsampling) {
      return new Layout(
          (width + denominator - 1) / denominator,
          (height + denominator - 1) / denominator,
          (double) width / denominator,
          (double) height / denominator,
          subsampling);
    }

    int planes() {
      return subsampling == TurboJpegLibrary.TJSAMP_GRAY ? 1 : 3;
    }

    int planeWidth(int plane) {
      return TurboJpegLibrary.tjPlaneWidth(plane, width, subsampling);
    }

    int planeHeight(int plane) {
      return TurboJpegLibrary.tjPlaneHeight(plane, height, subsampling);
    }
  }

  /** Planes outside the heap. */
  private static final class Planes implements AutoCloseable {
    private final Layout layout;
    private final List<Memory> samples = new ArrayList<>();
    private final Memory pointers;
    private final Memory strides;

    Planes(Layout layout) {
      this.layout = layout;
      this.pointers = new Memory(3L * Native.POINTER_SIZE);
      this.strides = new Memory(3L * Integer.BYTES);
      pointers.clear();
      for (int i = 0; i < layout.planes(); i++) {
        Memory plane = new Memory((long) layout.planeWidth(i) * layout.planeHeight(i));
        samples.add(plane);
        pointers.setPointer((long) i * Native.POINTER_SIZE, plane);
        strides.setInt((long) i * Integer.BYTES, layout.planeWidth(i));
      }
    }

    PlanarImage read() {
      double lumaWidth = layout.planeWidth(0);
      double lumaHeight = layout.planeHeight(0);
      List<Plane> planes = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        int w = layout.planeWidth(i);
        int h = layout.planeHeight(i);
        // A padded plane's samples stand for as much as its luma's do.
        planes.add(
            new Plane(
                samples.get(i).getByteArray(0, w * h),
                w,
                h,
                layout.exactWidth * w / lumaWidth,
                layout.exactHeight * h / lumaHeight));
      }
      PlanarImage.Colours colours =
          planes.size() == 1 ? PlanarImage.Colours.GRAY : PlanarImage.Colours.YCC;
      return new PlanarImage(colours, layout.width, layout.height, planes, Optional.empty());
    }

    void write(PlanarImage image) {
      for (int i = 0; i < samples.size(); i++) {
        Plane plane = image.planes().get(i);
        Memory to = samples.get(i);
        int w = layout.planeWidth(i);
        for (int y = 0; y < layout.planeHeight(i); y++) {
          int from = Math.min(y, plane.height() - 1) * plane.width();
          int count = Math.min(w, plane.width());
          to.write((long) y * w, plane.samples(), from, count);
          if (count < w) { // the padding repeats the edge
            to.setMemory((long) y * w + count, w - count, plane.samples()[from + count - 1]);
          }
        }
      }
    }

    @Override
    public void close() {
      samples.forEach(Memory::close);
      pointers.close();
      strides.close();
    }
  }
}

package io.thumbnailer.imaging.codec.jpeg;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.thumbnailer.imaging.raster.NativeArena;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The planes of a JPEG outside the heap, padded to whole chroma samples as in libjpeg-turbo. */
final class NativePlanes {
  /** The number of parts of an arena that are used. */
  static final int PARTS = 5;

  private final int width;
  private final int height;
  private final double exactWidth;
  private final double exactHeight;
  private final List<Pointer> samples = new ArrayList<>();
  private final int[] widths;
  private final int[] heights;
  private final Pointer pointers;
  private final Pointer strides;

  /**
   * Creates planes whose samples are not set.
   *
   * @param width of the image in pixels
   * @param height of the image in pixels
   * @param denominator the planes are reduced by this factor, rounded up
   * @param subsampling one of TurboJPEG's constants
   */
  NativePlanes(NativeArena arena, int width, int height, int denominator, int subsampling) {
    this.width = (width + denominator - 1) / denominator;
    this.height = (height + denominator - 1) / denominator;
    this.exactWidth = (double) width / denominator;
    this.exactHeight = (double) height / denominator;
    int count = subsampling == TurboJpegLibrary.TJSAMP_GRAY ? 1 : 3;
    this.widths = new int[count];
    this.heights = new int[count];
    this.pointers = arena.part(3L * Native.POINTER_SIZE);
    this.strides = arena.part(3L * Integer.BYTES);
    pointers.clear(3L * Native.POINTER_SIZE);
    for (int i = 0; i < count; i++) {
      widths[i] = TurboJpegLibrary.tjPlaneWidth(i, this.width, subsampling);
      heights[i] = TurboJpegLibrary.tjPlaneHeight(i, this.height, subsampling);
      Pointer plane = arena.part((long) widths[i] * heights[i]);
      samples.add(plane);
      pointers.setPointer((long) i * Native.POINTER_SIZE, plane);
      strides.setInt((long) i * Integer.BYTES, widths[i]);
    }
  }

  /** The maximum number of bytes of the planes with any subsampling (up to 4 by 4). */
  static long most(int width, int height, int denominator) {
    long paddedWidth = width / denominator + 5L;
    long paddedHeight = height / denominator + 5L;
    return 3 * paddedWidth * paddedHeight + 3L * (Native.POINTER_SIZE + Integer.BYTES);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** An array with a pointer to each plane. */
  Pointer pointers() {
    return pointers;
  }

  /** An array with the number of bytes in a row of each plane. */
  Pointer strides() {
    return strides;
  }

  PlanarImage read() {
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      int w = widths[i];
      int h = heights[i];
      // A sample of a padded plane represents as much of the image as in an unpadded one.
      planes.add(
          new Plane(
              samples.get(i).getByteArray(0, w * h),
              w,
              h,
              exactWidth * w / widths[0],
              exactHeight * h / heights[0]));
    }
    PlanarImage.Colours colours =
        planes.size() == 1 ? PlanarImage.Colours.GRAY : PlanarImage.Colours.YCC;
    return new PlanarImage(colours, width, height, planes, Optional.empty());
  }

  void write(PlanarImage image) {
    for (int i = 0; i < samples.size(); i++) {
      Plane plane = image.planes().get(i);
      Pointer to = samples.get(i);
      int w = widths[i];
      for (int y = 0; y < heights[i]; y++) {
        int from = Math.min(y, plane.height() - 1) * plane.width();
        int count = Math.min(w, plane.width());
        to.write((long) y * w, plane.samples(), from, count);
        if (count < w) { // the padding repeats the edge
          to.setMemory((long) y * w + count, w - count, plane.samples()[from + count - 1]);
        }
      }
    }
  }
}

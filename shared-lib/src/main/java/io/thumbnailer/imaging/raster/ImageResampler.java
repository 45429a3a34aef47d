package io.thumbnailer.imaging.raster;

import io.thumbnailer.imaging.model.FitGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * Scales, crops and orients an image in one step, each plane from its own resolution to the one
 * that it has in the result.
 */
public final class ImageResampler {
  private ImageResampler() {}

  /**
   * Resamples an image.
   *
   * @param orientation EXIF orientation of the source, 1 to 8; the result is upright
   * @param imageWidth width of the displayed image that the geometry refers to, in pixels
   * @param imageHeight height of the displayed image that the geometry refers to, in pixels
   * @param halfChroma whether chroma gets half of the result's resolution in both directions
   */
  public static PlanarImage resample(
      PlanarImage source,
      int orientation,
      FitGeometry geometry,
      int imageWidth,
      int imageHeight,
      boolean halfChroma) {
    boolean turned = orientation >= 5;
    boolean mirrorX = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    boolean mirrorY = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    List<Plane> planes = new ArrayList<>();
    FilterWeights rows = null;
    FilterWeights columns = null;
    for (int i = 0; i < source.planes().size(); i++) {
      Plane whole = source.planes().get(i);
      boolean half = halfChroma && i > 0 && source.colours() == PlanarImage.Colours.YCC;
      Axis x =
          new Axis(
              geometry.x() / imageWidth,
              geometry.cropWidth() / imageWidth,
              geometry.width(),
              half,
              mirrorX);
      Axis y =
          new Axis(
              geometry.y() / imageHeight,
              geometry.cropHeight() / imageHeight,
              geometry.height(),
              half,
              mirrorY);
      Plane plane =
          BoxReduction.reduce(
              whole,
              (turned ? y : x).step(whole.extentX()),
              (turned ? x : y).step(whole.extentY()));
      boolean likeTheLast =
          i > 0 && whole.sameGrid(source.planes().get(i - 1)) && (i != 1 || !half);
      if (!likeTheLast) {
        rows = (turned ? x : y).weights(plane.extentY(), plane.height());
        columns = (turned ? y : x).weights(plane.extentX(), plane.width());
      }
      planes.add(
          new Plane(
              PlaneResampler.resample(plane, rows, columns, turned),
              x.samples(),
              y.samples(),
              x.extent(),
              y.extent()));
    }
    return new PlanarImage(
        source.colours(), geometry.width(), geometry.height(), planes, source.profile());
  }

  /**
   * Returns the maximum memory for resampling in addition to the source, in bytes.
   *
   * @param imageWidth of the source as shown, in pixels
   * @param imageHeight of the source as shown, in pixels
   * @param turned whether width and height of the stored image are exchanged
   */
  public static long memory(int imageWidth, int imageHeight, boolean turned, FitGeometry geometry) {
    double stepX = Math.max(1, geometry.cropWidth() / geometry.width());
    double stepY = Math.max(1, geometry.cropHeight() / geometry.height());
    long x = BoxReduction.reduced(imageWidth, stepX);
    long y = BoxReduction.reduced(imageHeight, stepY);
    long reduced = x < imageWidth || y < imageHeight ? 4 * x * y : 0;
    long row = turned ? y : x;
    long rows = turned ? x : y;
    long tapsX = FilterWeights.taps(BoxReduction.rest(stepX), x);
    long tapsY = FilterWeights.taps(BoxReduction.rest(stepY), y);
    long passes =
        PlaneResampler.memory(
            row,
            turned ? geometry.width() : geometry.height(),
            Math.min(rows, turned ? tapsX : tapsY));
    long weights = tapsX * geometry.width() + tapsY * geometry.height();
    return reduced + passes + Float.BYTES * weights + 8L * geometry.width() * geometry.height();
  }

  /** One axis of the displayed image; begin and length are fractions of the whole. */
  private record Axis(double begin, double length, int pixels, boolean half, boolean mirror) {

    int samples() {
      return half ? (pixels + 1) / 2 : pixels;
    }

    double extent() {
      return half ? pixels / 2.0 : pixels;
    }

    double step(double sourceExtent) {
      return length * sourceExtent / extent();
    }

    FilterWeights weights(double sourceExtent, int available) {
      double offset = begin * sourceExtent;
      double step = length * sourceExtent / extent();
      return mirror
          ? FilterWeights.of(sourceExtent - offset, -step, samples(), available)
          : FilterWeights.of(offset, step, samples(), available);
    }
  }
}

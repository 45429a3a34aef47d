package io.thumbnailer.imaging.codec.heif;

import io.thumbnailer.imaging.header.HeifTransform;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import java.util.List;

/**
 * Applies a file's transformations to its decoded image. libheif 1.15 does so only with 8 bits per
 * sample.
 */
final class TransformedImage {
  private TransformedImage() {}

  static PlanarImage of(PlanarImage stored, List<HeifTransform> transforms) {
    PlanarImage image = stored;
    for (HeifTransform transform : transforms) {
      if (transform instanceof HeifTransform.Crop crop) {
        image = cropped(image, crop);
      } else if (transform instanceof HeifTransform.Rotation rotation) {
        for (int i = 0; i < rotation.quarters(); i++) {
          image = turned(image);
        }
      } else if (transform instanceof HeifTransform.Mirror mirror) {
        image = mirrored(image, mirror.leftRight());
      }
    }
    return image;
  }

  private static PlanarImage cropped(PlanarImage image, HeifTransform.Crop crop) {
    int w = (int) Math.max(1, Math.min(image.width(), crop.width()));
    int h = (int) Math.max(1, Math.min(image.height(), crop.height()));
    int left = start(image.width(), w, crop.right());
    int top = start(image.height(), h, crop.down());
    return copy(image, w, h, (x, y) -> (top + y) * image.width() + left + x);
  }

  private static int start(int whole, int part, double offset) {
    return (int) Math.max(0, Math.min(whole - part, Math.round((whole - part) / 2.0 + offset)));
  }

  /** Turns an image anticlockwise by a quarter. */
  private static PlanarImage turned(PlanarImage image) {
    int last = image.width() - 1;
    int newWidth = image.height();
    return copy(image, newWidth, image.width(), (x, y) -> x * image.width() + last - y);
  }

  private static PlanarImage mirrored(PlanarImage image, boolean leftRight) {
    int w = image.width();
    int h = image.height();
    return copy(image, w, h, (x, y) -> leftRight ? y * w + w - 1 - x : (h - 1 - y) * w + x);
  }

  /** Finds the sample of the stored image for a place of the result. */
  private interface Source {
    int index(int x, int y);
  }

  private static PlanarImage copy(PlanarImage image, int width, int height, Source source) {
    List<Plane> planes =
        image.planes().stream()
            .map(
                plane -> {
                  byte[] from = plane.samples();
                  byte[] to = new byte[width * height];
                  for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                      to[y * width + x] = from[source.index(x, y)];
                    }
                  }
                  return Plane.whole(to, width, height);
                })
            .toList();
    return new PlanarImage(image.colours(), width, height, planes, image.profile());
  }
}

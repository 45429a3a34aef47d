package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.util.ArrayList;
import java.util.List;

/** Describes an image that is embedded as a complete file in another file. */
final class Nested {
  /** The largest side of an image in an icon; larger ones are not icons. */
  private static final int MOST_ICON_SIDE = 1024;

  private Nested() {}

  /**
   * Checks the size of an image in an icon against the size that the icon states. Programs that
   * write icons often state a wrong size, and other programs show such icons, so only images larger
   * than any icon must match.
   *
   * @param statedWidth the width that the icon states, in pixels
   * @param statedHeight the height that the icon states, in pixels
   * @throws InnerSizeException if they differ and the image is larger than icons are
   */
  static void checkIcon(long width, long height, int statedWidth, int statedHeight)
      throws InnerSizeException {
    boolean same = width == statedWidth && height == statedHeight;
    if (!same && Math.max(width, height) > MOST_ICON_SIDE) {
      throw new InnerSizeException(
          "an icon of %d x %d pixels holds an image of %d x %d"
              .formatted(statedWidth, statedHeight, width, height));
    }
  }

  /**
   * Describes the inner image as the image of the outer file.
   *
   * @param inner the description from its own bytes
   * @param start where these bytes begin in the file
   * @param end where these bytes end
   */
  static ImageDescription within(ImageDescription inner, ImageFormat outer, long start, long end) {
    List<Splice> moved = new ArrayList<>();
    for (Splice splice : inner.pixels().splices()) {
      moved.add(
          splice.bytes().length > 0
              ? splice
              : Splice.file(
                  Math.min(end, start + splice.start()),
                  Math.min(end, start + splice.start() + splice.length())));
    }
    if (moved.isEmpty()) {
      moved.add(Splice.file(start, end));
    }
    return inner.within(outer, inner.pixels().seenAs(moved));
  }
}

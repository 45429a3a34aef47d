package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.util.ArrayList;
import java.util.List;

/** Describes an image that is a file of its own within another one. */
final class Nested {
  /** The largest side of an icon's image; larger ones are no icons. */
  private static final int MOST_ICON_SIDE = 1024;

  private Nested() {}

  /**
   * Checks an image of an icon against what the icon says of it. Programs that write icons often
   * get that wrong, and others show these; so only what is larger than any icon has to agree.
   *
   * @param statedWidth in pixels, by the icon
   * @param statedHeight in pixels, by the icon
   * @throws InnerSizeException when they differ and the image is larger than icons are
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
   * The inner image as that of the outer file.
   *
   * @param inner as read from its own bytes
   * @param start where these begin in the file
   * @param end where they end
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

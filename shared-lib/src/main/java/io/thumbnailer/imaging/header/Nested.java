package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.util.ArrayList;
import java.util.List;

/** Describes a picture that is a file of its own within another one. */
final class Nested {
  private Nested() {}

  /**
   * The inner picture as that of the outer file.
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

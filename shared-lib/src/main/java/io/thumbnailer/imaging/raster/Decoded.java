package io.thumbnailer.imaging.raster;

/**
 * An image as a decoder leaves it, and how much of it was in the file. Rows that are missing are
 * transparent, or grey where a decoder cannot tell them from the others.
 *
 * @param image the image
 * @param arrived the share of its rows that are at least partly present, 0 to 1
 * @param incomplete whether anything is missing; of an interlaced or progressive image that may be
 *     detail only, and the share is 1
 * @param endedEarly whether the file ends before its last row; if it does not and something is
 *     missing, what it holds is corrupt
 */
public record Decoded(PlanarImage image, double arrived, boolean incomplete, boolean endedEarly) {

  /** An image of which nothing is missing. */
  public static Decoded whole(PlanarImage image) {
    return new Decoded(image, 1, false, false);
  }

  /** Without its alpha, if that hides nothing. */
  public Decoded opaqueIfSolid() {
    if (!image.hasAlpha()) {
      return this;
    }
    for (byte alpha : image.planes().get(3).samples()) {
      if (alpha != -1) {
        return this;
      }
    }
    return with(
        new PlanarImage(
            PlanarImage.Colours.RGB,
            image.width(),
            image.height(),
            image.planes().subList(0, 3),
            image.profile()));
  }

  /** The same for another form of the image. */
  public Decoded with(PlanarImage other) {
    return new Decoded(other, arrived, incomplete, endedEarly);
  }
}

package io.thumbnailer.imaging.raster;

/**
 * The result of a decoder: the image, and how much of it was in the file. Missing rows are
 * transparent, or grey where a decoder cannot distinguish them from others.
 *
 * @param image the decoded image
 * @param arrived the share of its rows that are at least partly present, 0 to 1
 * @param incomplete whether anything is missing; in an interlaced or progressive image, this may be
 *     only detail, and the share is 1
 * @param endedEarly whether the file ends before its last row; if it does not although something is
 *     missing, its data is corrupt
 */
public record Decoded(PlanarImage image, double arrived, boolean incomplete, boolean endedEarly) {

  /** A complete image. */
  public static Decoded whole(PlanarImage image) {
    return new Decoded(image, 1, false, false);
  }

  /** Removes the alpha channel if the image is opaque. */
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

  /** Replaces the image by a converted form of it. */
  public Decoded with(PlanarImage other) {
    return new Decoded(other, arrived, incomplete, endedEarly);
  }
}

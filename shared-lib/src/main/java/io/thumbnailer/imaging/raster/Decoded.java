package io.thumbnailer.imaging.raster;

/**
 * A picture as a decoder leaves it, and how much of it was in the file. Rows that are missing are
 * transparent, or grey where a decoder cannot tell them from the others.
 *
 * @param image the picture
 * @param arrived the share of its rows that arrived, 0 to 1
 * @param endedEarly whether the file ends before its last row; if it does not and rows are missing,
 *     what it holds is corrupt
 */
public record Decoded(PlanarImage image, double arrived, boolean endedEarly) {

  /** A picture of which nothing is missing. */
  public static Decoded whole(PlanarImage image) {
    return new Decoded(image, 1, false);
  }

  /** The same for another form of the picture. */
  public Decoded with(PlanarImage other) {
    return new Decoded(other, arrived, endedEarly);
  }
}

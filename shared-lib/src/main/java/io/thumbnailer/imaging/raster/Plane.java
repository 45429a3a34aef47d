package io.thumbnailer.imaging.raster;

/**
 * The 8-bit samples of one channel, row by row.
 *
 * <p>The extent is the size of the image, measured in samples. It differs from the size of the
 * plane if a subsampled or scaled channel does not divide evenly: the chroma of an image 5 pixels
 * wide has 3 samples but an extent of 2.5.
 *
 * @param samples unsigned, {@code width * height} of them
 * @param width samples in a row, also the stride
 * @param height rows
 * @param extentX width of the image in samples, more than {@code width - 1}
 * @param extentY height of the image in samples
 */
@SuppressWarnings("ArrayRecordComponent") // pixels: never compared
public record Plane(byte[] samples, int width, int height, double extentX, double extentY) {

  /** A plane whose samples all belong to the image. */
  public static Plane whole(byte[] samples, int width, int height) {
    return new Plane(samples, width, height, width, height);
  }

  /** Whether its samples represent the same parts of the image as those of the other plane. */
  boolean sameGrid(Plane other) {
    return width == other.width
        && height == other.height
        && extentX == other.extentX
        && extentY == other.extentY;
  }
}

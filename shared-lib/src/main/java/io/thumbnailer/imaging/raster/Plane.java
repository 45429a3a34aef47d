package io.thumbnailer.imaging.raster;

/**
 * One channel's 8-bit samples, row by row.
 *
 * <p>The extent is how much of the image the samples stand for, measured in samples. It differs
 * from the size where a subsampled or scaled channel does not divide evenly: the chroma of an image
 * 5 pixels wide has 3 samples but an extent of 2.5.
 *
 * @param samples unsigned, {@code width * height} of them
 * @param width samples in a row, also the stride
 * @param height rows
 * @param extentX width that the image takes, in samples, more than {@code width - 1}
 * @param extentY height that the image takes, in samples
 */
@SuppressWarnings("ArrayRecordComponent") // pixels: never compared
public record Plane(byte[] samples, int width, int height, double extentX, double extentY) {

  /** A plane whose samples all belong to the image. */
  public static Plane whole(byte[] samples, int width, int height) {
    return new Plane(samples, width, height, width, height);
  }

  /** Whether a sample of it stands for the same part of the image as one of the other. */
  boolean sameGrid(Plane other) {
    return width == other.width
        && height == other.height
        && extentX == other.extentX
        && extentY == other.extentY;
  }
}

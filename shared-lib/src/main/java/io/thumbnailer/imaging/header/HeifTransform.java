package io.thumbnailer.imaging.header;

/** A transformation that a HEIF file demands of its image (ISO/IEC 23008-12, 6.5). */
public sealed interface HeifTransform {
  /**
   * {@code irot}.
   *
   * @param quarters the number of anticlockwise quarter turns, 0 to 3
   */
  record Rotation(int quarters) implements HeifTransform {}

  /**
   * {@code imir}.
   *
   * @param leftRight whether left and right are exchanged, rather than top and bottom
   */
  record Mirror(boolean leftRight) implements HeifTransform {}

  /**
   * {@code clap}.
   *
   * @param width of the visible part, in pixels
   * @param height of the visible part, in pixels
   * @param right how far its centre is to the right of the image's centre, in pixels
   * @param down how far its centre is below the image's centre, in pixels
   */
  record Crop(long width, long height, double right, double down) implements HeifTransform {}
}

package io.thumbnailer.imaging.model;

/**
 * The values that an image's header states.
 *
 * @param format identified by the first bytes
 * @param width as stored, in pixels
 * @param height as stored, in pixels
 * @param orientation EXIF orientation, 1 to 8; 1 if there is none
 */
public record ImageHeader(ImageFormat format, int width, int height, int orientation) {

  /** The number of pixels in one frame. */
  public long pixels() {
    return (long) width * height;
  }

  /** Width as shown, after orientation. */
  public int displayWidth() {
    return orientation >= 5 ? height : width;
  }

  /** Height as shown, after orientation. */
  public int displayHeight() {
    return orientation >= 5 ? width : height;
  }
}

package io.thumbnailer.imaging.model;

/**
 * The part of an image that a thumbnail shows, and its size in the thumbnail. Coordinates refer to
 * the image after its orientation has been applied.
 *
 * @param x left edge of the part in pixels of the image
 * @param y upper edge of the part in pixels of the image
 * @param cropWidth width of the part, above 0
 * @param cropHeight height of the part, above 0
 * @param width of the scaled part in pixels
 * @param height of the scaled part in pixels
 */
public record FitGeometry(
    double x, double y, double cropWidth, double cropHeight, int width, int height) {

  /**
   * The geometry of an image and a rendition, cropped by the rendition's gravity.
   *
   * @param imageWidth as shown, in pixels
   * @param imageHeight as shown, in pixels
   */
  public static FitGeometry of(int imageWidth, int imageHeight, Rendition rendition) {
    double scaleX = (double) rendition.width() / imageWidth;
    double scaleY = (double) rendition.height() / imageHeight;
    boolean cover = rendition.fit() == Fit.COVER;
    double scale = cover ? Math.max(scaleX, scaleY) : Math.min(scaleX, scaleY);
    if (!rendition.enlarge()) {
      scale = Math.min(1, scale);
    }
    int width = Math.min(rendition.width(), scaled(imageWidth, scale));
    int height = Math.min(rendition.height(), scaled(imageHeight, scale));
    double cropWidth = cover ? Math.min(imageWidth, width / scale) : imageWidth;
    double cropHeight = cover ? Math.min(imageHeight, height / scale) : imageHeight;
    Gravity gravity = rendition.gravity();
    return new FitGeometry(
        (imageWidth - cropWidth) * gravity.x(),
        (imageHeight - cropHeight) * gravity.y(),
        cropWidth,
        cropHeight,
        width,
        height);
  }

  /**
   * Moves the part to the given fractions of the free space: 0 is the left or upper edge, 1 the
   * right or lower one.
   */
  public FitGeometry at(double fractionX, double fractionY, int imageWidth, int imageHeight) {
    return new FitGeometry(
        (imageWidth - cropWidth) * fractionX,
        (imageHeight - cropHeight) * fractionY,
        cropWidth,
        cropHeight,
        width,
        height);
  }

  /** Thumbnail pixels per image pixel, on the axis that shrinks less. */
  public double scale() {
    return Math.max(width / cropWidth, height / cropHeight);
  }

  public boolean whole(int imageWidth, int imageHeight) {
    return cropWidth == imageWidth && cropHeight == imageHeight;
  }

  private static int scaled(int side, double scale) {
    return (int) Math.max(1, Math.round(side * scale));
  }
}

package io.thumbnailer.imaging;

import java.awt.Rectangle;

/**
 * What part of an image goes into a thumbnail, and how large that part becomes. All in the image's
 * stored orientation.
 *
 * @param crop the part of the source
 * @param width of the scaled part in pixels
 * @param height of the scaled part in pixels
 */
record FitGeometry(Rectangle crop, int width, int height) {

  static FitGeometry of(ImageHeader image, Rendition rendition) {
    boolean turned = image.orientation() >= 5;
    int boxWidth = turned ? rendition.height() : rendition.width();
    int boxHeight = turned ? rendition.width() : rendition.height();
    double scaleX = (double) boxWidth / image.width();
    double scaleY = (double) boxHeight / image.height();
    boolean cover = rendition.fit() == Fit.COVER;
    double scale = cover ? Math.max(scaleX, scaleY) : Math.min(scaleX, scaleY);
    if (!rendition.enlarge()) {
      scale = Math.min(1, scale);
    }
    int width = Math.min(boxWidth, scaled(image.width(), scale));
    int height = Math.min(boxHeight, scaled(image.height(), scale));
    int cropWidth = cover ? cropped(width, scale, image.width()) : image.width();
    int cropHeight = cover ? cropped(height, scale, image.height()) : image.height();
    return new FitGeometry(
        new Rectangle(
            (image.width() - cropWidth) / 2,
            (image.height() - cropHeight) / 2,
            cropWidth,
            cropHeight),
        width,
        height);
  }

  private static int scaled(int side, double scale) {
    return (int) Math.max(1, Math.round(side * scale));
  }

  private static int cropped(int target, double scale, int side) {
    return (int) Math.max(1, Math.min(side, Math.round(target / scale)));
  }
}

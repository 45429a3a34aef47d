package io.thumbnailer.imaging;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Turns and mirrors an image as its EXIF orientation asks (Exif 2.32, tag 0x0112). */
final class Orienter {

  /** Returns the image as it is meant to be seen; the same image for orientation 1. */
  BufferedImage orient(BufferedImage image, int orientation) {
    if (orientation == 1) {
      return image;
    }
    int w = image.getWidth();
    int h = image.getHeight();
    boolean turned = orientation >= 5;
    BufferedImage oriented = new BufferedImage(turned ? h : w, turned ? w : h, image.getType());
    Graphics2D graphics = oriented.createGraphics();
    try {
      graphics.drawImage(image, transform(orientation, w, h), null);
    } finally {
      graphics.dispose();
    }
    return oriented;
  }

  private static AffineTransform transform(int orientation, int w, int h) {
    return switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
      default -> throw new IllegalArgumentException("no orientation: " + orientation);
    };
  }
}

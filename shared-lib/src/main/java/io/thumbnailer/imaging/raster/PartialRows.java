package io.thumbnailer.imaging.raster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Removes the rows of an image that are not in its file. */
public final class PartialRows {
  private PartialRows() {}

  /** Returns the image with its first rows unchanged and the others transparent. */
  public static PlanarImage first(PlanarImage image, int rows) {
    PlanarImage coloured =
        image.colours() == PlanarImage.Colours.GRAY ? SrgbConversion.toSrgb(image) : image;
    PlanarImage rgb = ColourConversion.toRgb(coloured);
    int from = rows * rgb.width();
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] samples = rgb.planes().get(i).samples().clone();
      Arrays.fill(samples, from, samples.length, (byte) 0);
      planes.add(Plane.whole(samples, rgb.width(), rgb.height()));
    }
    byte[] alpha = new byte[rgb.width() * rgb.height()];
    Arrays.fill(alpha, 0, from, (byte) 0xFF);
    if (rgb.hasAlpha()) {
      System.arraycopy(rgb.planes().get(3).samples(), 0, alpha, 0, from);
    }
    planes.add(Plane.whole(alpha, rgb.width(), rgb.height()));
    return new PlanarImage(
        PlanarImage.Colours.RGBA, rgb.width(), rgb.height(), planes, rgb.profile());
  }
}

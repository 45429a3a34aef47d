package io.thumbnailer.imaging.codec.bmp;

import io.thumbnailer.imaging.raster.Alpha;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.Plane;

/**
 * The alpha of a bitmap. In icons, many writers set it to 0 in all pixels without meaning
 * transparency.
 */
final class DibAlpha {
  private DibAlpha() {}

  static boolean hidesAll(byte[] alpha) {
    for (byte value : alpha) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  static Decoded premultiplied(Decoded straight) {
    premultiply(straight);
    return straight;
  }

  private static void premultiply(Decoded straight) {
    byte[] alpha = straight.image().planes().get(3).samples();
    for (Plane plane : straight.image().planes().subList(0, 3)) {
      byte[] samples = plane.samples();
      for (int i = 0; i < samples.length; i++) {
        samples[i] = Alpha.multiplied(samples[i], alpha[i]);
      }
    }
  }
}

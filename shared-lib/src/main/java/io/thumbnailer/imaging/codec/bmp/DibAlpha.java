package io.thumbnailer.imaging.codec.bmp;

import io.thumbnailer.imaging.raster.Alpha;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.Plane;
import java.util.Arrays;

/**
 * The alpha of a bitmap, which many writers set to 0 in all pixels without meaning transparency.
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

  /** Premultiplies colours by alpha, or removes an alpha channel that would hide everything. */
  static Decoded shown(Decoded straight) {
    byte[] alpha = straight.image().planes().get(3).samples();
    if (hidesAll(alpha)) {
      Arrays.fill(alpha, (byte) 0xFF);
    }
    return premultiplied(straight).opaqueIfSolid();
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

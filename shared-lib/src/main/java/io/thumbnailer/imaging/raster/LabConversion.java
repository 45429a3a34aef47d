package io.thumbnailer.imaging.raster;

/**
 * Converts CIE L*a*b* to sRGB (CIE 15; IEC 61966-2-1). The colours are taken as relative to D65,
 * the white point of sRGB, as in libvips and ImageMagick. Photoshop means D50, but other programs
 * do not adapt it.
 */
public final class LabConversion {
  private static final double[][] FROM_XYZ = {
    {3.2404542, -1.5371385, -0.4985314},
    {-0.9692660, 1.8760108, 0.0415560},
    {0.0556434, -0.2040259, 1.0572252}
  };

  private LabConversion() {}

  /**
   * Converts a colour to 8-bit red, green and blue.
   *
   * @param l 0 to 100
   * @param a from green to red, -128 to 127
   * @param b from blue to yellow, -128 to 127
   */
  public static void toSrgb(double l, double a, double b, byte[] out, int to) {
    double fy = (l + 16) / 116;
    double x = 0.95047 * cube(fy + a / 500);
    double y = cube(fy);
    double z = 1.08883 * cube(fy - b / 200);
    for (int c = 0; c < 3; c++) {
      double linear = FROM_XYZ[c][0] * x + FROM_XYZ[c][1] * y + FROM_XYZ[c][2] * z;
      out[to + c] = (byte) Math.max(0, Math.min(255, Math.round(255 * encode(linear))));
    }
  }

  /** The sRGB grey for a lightness, 0 to 1. */
  public static double grey(double l) {
    return encode(cube((l + 16) / 116));
  }

  /** The sRGB value for a linear one, 0 to 1; values outside are clipped. */
  public static double encode(double linear) {
    double v = Math.max(0, Math.min(1, linear));
    return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
  }

  private static double cube(double f) {
    return f > 6 / 29.0 ? f * f * f : 3 * 36 / 841.0 * (f - 4 / 29.0);
  }
}

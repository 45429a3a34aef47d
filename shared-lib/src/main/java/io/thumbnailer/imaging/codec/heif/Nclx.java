package io.thumbnailer.imaging.codec.heif;

/**
 * Colours that a file names by the numbers of ITU-T H.273 in place of a profile, and their
 * conversion to sRGB.
 *
 * <p>PQ (SMPTE ST 2084) and HLG (BT.2100) are for screens brighter than those that thumbnails are
 * for: diffuse white, 203 cd/m² by ITU-R BT.2408, becomes the white of sRGB at four fifths of its
 * light, and what is brighter is compressed into the rest by {@code x / (1 + x)}, Reinhard's curve.
 *
 * @param primaries 1 for BT.709, 9 for BT.2020, 12 for Display P3
 * @param transfer 13 for sRGB, 16 for PQ, 18 for HLG
 */
record Nclx(int primaries, int transfer) {
  static final Nclx SRGB = new Nclx(1, 13);

  private static final double DIFFUSE_WHITE = 203;
  private static final double HLG_PEAK = 1000;
  private static final double KNEE = 0.8;

  /** From the primaries to those of sRGB, both with the white D65. */
  private static final double[][] BT2020 = {
    {1.6605, -0.5876, -0.0728}, {-0.1246, 1.1329, -0.0083}, {-0.0182, -0.1006, 1.1187}
  };

  private static final double[][] P3 = {
    {1.2249, -0.2247, 0}, {-0.0420, 1.0419, 0}, {-0.0197, -0.0786, 1.0979}
  };

  boolean highDynamicRange() {
    return transfer == 16 || transfer == 18;
  }

  /** Whether the samples can be shown as they are. */
  boolean plain() {
    return !highDynamicRange() && primaries != 9 && primaries != 12;
  }

  /** Converts red, green and blue, each from 0 to the length of the table less 1, to sRGB. */
  int[] toSrgb(float[] linear, int red, int green, int blue) {
    double r = linear[red];
    double g = linear[green];
    double b = linear[blue];
    if (transfer == 18) { // BT.2100, the system gamma of HLG at 1000 cd/m²
      double light = Math.pow(0.2627 * r + 0.6780 * g + 0.0593 * b, 0.2) * HLG_PEAK / DIFFUSE_WHITE;
      r *= light;
      g *= light;
      b *= light;
    }
    double[][] matrix = primaries == 9 ? BT2020 : primaries == 12 ? P3 : null;
    double[] rgb = {r, g, b};
    int[] result = new int[3];
    double[] converted = new double[3];
    double most = 0;
    for (int i = 0; i < 3; i++) {
      converted[i] =
          matrix == null ? rgb[i] : matrix[i][0] * r + matrix[i][1] * g + matrix[i][2] * b;
      most = Math.max(most, converted[i]);
    }
    double scale = highDynamicRange() && most > 0 ? compressed(most * KNEE) / most : 1;
    for (int i = 0; i < 3; i++) {
      result[i] = (int) Math.round(255 * encoded(Math.min(1, Math.max(0, converted[i] * scale))));
    }
    return result;
  }

  /** Straight up to the knee's light, then towards 1. */
  private static double compressed(double light) {
    if (light <= KNEE) {
      return light;
    }
    double above = (light - KNEE) / (1 - KNEE);
    return KNEE + (1 - KNEE) * above / (1 + above);
  }

  /** Light for each code value; of PQ as a multiple of diffuse white. */
  float[] linear(int bits) {
    float[] table = new float[1 << bits];
    for (int i = 0; i < table.length; i++) {
      double value = (double) i / (table.length - 1);
      table[i] =
          (float)
              switch (transfer) {
                case 16 -> pq(value) * 10_000 / DIFFUSE_WHITE;
                case 18 -> hlg(value);
                default -> decoded(value);
              };
    }
    return table;
  }

  private static double pq(double value) {
    double root = Math.pow(value, 1 / 78.84375);
    return Math.pow(
        Math.max(0, root - 0.8359375) / (18.8515625 - 18.6875 * root), 1 / 0.1593017578125);
  }

  private static double hlg(double value) {
    return value <= 0.5
        ? value * value / 3
        : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  }

  private static double decoded(double value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static double encoded(double light) {
    return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
  }
}

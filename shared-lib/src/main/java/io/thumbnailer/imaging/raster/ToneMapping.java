package io.thumbnailer.imaging.raster;

/**
 * Maps the light of an HDR image, where 1 is graphics white, to the range of a standard screen, as
 * Chromium does: the reference white tone mapping operator of SMPTE ST 2094-50, annex C. Up to
 * graphics white, light is multiplied by a factor; above, a quadratic Bezier curve leads to 1.
 *
 * @param peak the luminance of the brightest light in the image, in cd/m2; {@link #DEFAULT} uses
 *     the one that is assumed if a file does not state it
 */
public record ToneMapping(double peak) {
  /** The luminance of graphics white, in cd/m2 (ITU-R BT.2408). */
  static final double WHITE = 203;

  /** The peak of a display for HLG, and of an image that states none, in cd/m2. */
  static final double DEFAULT_PEAK = 1000;

  /** For images that state no peak. */
  public static final ToneMapping DEFAULT = new ToneMapping(DEFAULT_PEAK);

  /** Where the curve bends, as a share of the way from graphics white to the peak. */
  private static final double KAPPA = 0.65;

  /**
   * Returns the mapping for what a file states about its light.
   *
   * @param contentPeak the maximum content light level in cd/m2; 0 or less if it is unknown
   * @param masteringPeak the maximum luminance of the mastering display in cd/m2; 0 or less if it
   *     is unknown
   */
  public static ToneMapping of(double contentPeak, double masteringPeak) {
    if (contentPeak > 0) {
      return new ToneMapping(contentPeak);
    }
    return masteringPeak > 0 ? new ToneMapping(masteringPeak) : DEFAULT;
  }

  /** Returns the light, 0 to 1, for light of which 1 is graphics white. */
  double at(double light) {
    double headroom = Math.max(0, Math.log(peak / WHITE));
    if (headroom == 0) {
      return Math.min(1, light);
    }
    double knee = 1 - 0.5 * Math.min(1, headroom / Math.log(DEFAULT_PEAK / WHITE));
    if (light <= 1) {
      return light * knee;
    }
    double end = peak / WHITE;
    if (light >= end) {
      return 1;
    }
    double middleX = 1 - KAPPA + KAPPA / knee;
    double middleY = (1 - KAPPA) * knee + KAPPA;
    double squareX = 1 - 2 * middleX + end;
    double linearX = 2 * (middleX - 1);
    double t =
        2 * (light - 1) / (linearX + Math.sqrt(linearX * linearX + 4 * squareX * (light - 1)));
    return knee + t * (2 * (middleY - knee) + t * (knee - 2 * middleY + 1));
  }
}

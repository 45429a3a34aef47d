package io.thumbnailer.imaging.raster;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * From coded values, 0 to 1, to linear light of which 1 is the white of a page. What is brighter,
 * as in BT.2100, is cut off after the conversion to sRGB: a thumbnail has standard dynamic range.
 *
 * @param function of a coded value
 * @param peak the brightest light that is told from brighter ones, at least 1
 */
public record TransferCurve(DoubleUnaryOperator function, double peak) {
  /** The luminance of white under graphics, in cd/m2 (ITU-R BT.2408). */
  private static final double WHITE = 203;

  /** Up to here mixtures of bright colours keep their hue. */
  private static final double HDR_PEAK = 4;

  /** IEC 61966-2-1. */
  public static final TransferCurve SRGB =
      new TransferCurve(v -> v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4), 1);

  /** A power. */
  public static TransferCurve gamma(double exponent) {
    return new TransferCurve(v -> Math.pow(v, exponent), 1);
  }

  /** By the code of TransferCharacteristics in ITU-T H.273; empty for codes that are not shown. */
  public static Optional<TransferCurve> ofH273(int code) {
    return switch (code) {
      // Browsers show BT.709's family, whose displays have nearly that curve, as sRGB.
      case 1, 6, 13, 14, 15 -> Optional.of(SRGB);
      case 4 -> Optional.of(gamma(2.2));
      case 5 -> Optional.of(gamma(2.8));
      case 8 -> Optional.of(gamma(1));
      case 16 -> Optional.of(new TransferCurve(v -> pq(v) * 10_000 / WHITE, HDR_PEAK));
      case 17 -> Optional.of(new TransferCurve(v -> Math.pow(v, 2.6) * 52.37 / 48, 1));
      case 18 -> Optional.of(new TransferCurve(v -> Math.pow(hlg(v) / hlg(0.75), 1.2), HDR_PEAK));
      default -> Optional.empty();
    };
  }

  /** The light, at most that much. */
  double at(double value, double most) {
    return Math.min(most, Math.max(0, function.applyAsDouble(value)));
  }

  /** SMPTE ST 2084. */
  private static double pq(double value) {
    double power = Math.pow(value, 32 / 2523.0);
    double over = Math.max(0, power - 3424 / 4096.0);
    return Math.pow(over / (2413 / 128.0 - 2392 / 128.0 * power), 8192 / 1305.0);
  }

  /** ARIB STD-B67: back to the light of the scene. */
  private static double hlg(double value) {
    double a = 0.17883277;
    double b = 1 - 4 * a;
    double c = 0.5 - a * Math.log(4 * a);
    return value <= 0.5 ? value * value / 3 : (Math.exp((value - c) / a) + b) / 12;
  }
}

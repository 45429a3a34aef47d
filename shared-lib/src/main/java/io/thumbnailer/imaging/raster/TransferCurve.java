package io.thumbnailer.imaging.raster;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Converts coded values, 0 to 1, to linear light, where 1 is the white of a page. The high dynamic
 * range of BT.2100 is compressed, because a thumbnail has standard dynamic range.
 *
 * @param function from the coded value to linear light
 * @param peak the brightest light that can be distinguished, at least 1
 */
public record TransferCurve(DoubleUnaryOperator function, double peak) {
  /** IEC 61966-2-1. */
  public static final TransferCurve SRGB =
      new TransferCurve(v -> v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4), 1);

  /** A power function. */
  public static TransferCurve gamma(double exponent) {
    return new TransferCurve(v -> Math.pow(v, exponent), 1);
  }

  /**
   * Returns the curve for a TransferCharacteristics code of ITU-T H.273; empty for codes that are
   * not supported. PQ and HLG are tone-mapped for the default peak.
   */
  public static Optional<TransferCurve> ofH273(int code) {
    return switch (code) {
      case 13 -> Optional.of(SRGB);
      case 1, 6, 14, 15 -> Optional.of(gamma(2.4)); // of displays, ITU-R BT.1886
      case 4 -> Optional.of(gamma(2.2));
      case 5 -> Optional.of(gamma(2.8));
      case 8 -> Optional.of(gamma(1));
      case 17 -> Optional.of(new TransferCurve(v -> Math.pow(v, 2.6) * 52.37 / 48, 1));
      case 16, 18 -> Optional.of(HighDynamicRange.grey(code, ToneMapping.DEFAULT));
      default -> Optional.empty();
    };
  }

  /** Returns the light for a value, at most {@code most}. */
  double at(double value, double most) {
    return Math.min(most, Math.max(0, function.applyAsDouble(value)));
  }

  /** The PQ curve of SMPTE ST 2084, to light relative to graphics white. */
  static double pqLight(double value) {
    return pq(value) * 10_000 / ToneMapping.WHITE;
  }

  private static double pq(double value) {
    double power = Math.pow(value, 32 / 2523.0);
    double over = Math.max(0, power - 3424 / 4096.0);
    return Math.pow(over / (2413 / 128.0 - 2392 / 128.0 * power), 8192 / 1305.0);
  }

  /** The HLG curve of ARIB STD-B67, to scene light. */
  static double hlg(double value) {
    double a = 0.17883277;
    double b = 1 - 4 * a;
    double c = 0.5 - a * Math.log(4 * a);
    return value <= 0.5 ? value * value / 3 : (Math.exp((value - c) / a) + b) / 12;
  }
}

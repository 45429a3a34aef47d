package io.thumbnailer.imaging.raster;

import java.util.Optional;

/**
 * The colours of a display: the x and y coordinates of its white point and primaries (CIE 1931).
 *
 * @param xy white, red, green and blue, x before y
 */
@SuppressWarnings("ArrayRecordComponent") // constants, never compared
public record Chromaticities(double... xy) {
  private static final double[] D65 = {0.3127, 0.3290};

  /** BT.709 and sRGB. */
  public static final Chromaticities BT709 = of(D65, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06);

  /** Linear Bradford adaptation (ICC.1:2022, annex E). */
  private static final double[][] BRADFORD = {
    {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
  };

  private static final double[] D50 = {0.9642, 1, 0.8249};

  private static Chromaticities of(double[] white, double... primaries) {
    double[] all = new double[8];
    System.arraycopy(white, 0, all, 0, 2);
    System.arraycopy(primaries, 0, all, 2, 6);
    return new Chromaticities(all);
  }

  /**
   * Returns the chromaticities for a ColourPrimaries code of ITU-T H.273; empty for codes without
   * primaries.
   */
  public static Optional<Chromaticities> ofH273(int code) {
    double[] illuminantC = {0.310, 0.316};
    return switch (code) {
      case 1 -> Optional.of(BT709);
      case 4 -> Optional.of(of(illuminantC, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08));
      case 5 -> Optional.of(of(D65, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06));
      case 6, 7 -> Optional.of(of(D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070));
      case 8 -> Optional.of(of(illuminantC, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049));
      case 9 -> Optional.of(of(D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046));
      case 11 ->
          Optional.of(of(new double[] {0.314, 0.351}, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060));
      case 12 -> Optional.of(of(D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060));
      case 22 -> Optional.of(of(D65, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077));
      default -> Optional.empty();
    };
  }

  /**
   * Returns the matrix from linear red, green and blue to XYZ, adapted to D50 as in ICC profiles.
   *
   * @return empty if the primaries form no triangle or the white point is impossible
   */
  Optional<double[][]> toXyzD50() {
    double[][] primaries = new double[3][3];
    for (int i = 0; i < 3; i++) {
      double[] column = xyz(xy[2 + 2 * i], xy[3 + 2 * i]);
      for (int row = 0; row < 3; row++) {
        primaries[row][i] = column[row];
      }
    }
    double[] white = xyz(xy[0], xy[1]);
    Optional<double[]> scale = solve(primaries, white);
    if (scale.isEmpty()) {
      return Optional.empty();
    }
    for (double[] row : primaries) {
      for (int i = 0; i < 3; i++) {
        row[i] *= scale.get()[i];
      }
    }
    double[] from = multiply(BRADFORD, white);
    double[] to = multiply(BRADFORD, D50);
    double[][] result = new double[3][3];
    for (int i = 0; i < 3; i++) {
      double[] cone =
          multiply(BRADFORD, new double[] {primaries[0][i], primaries[1][i], primaries[2][i]});
      for (int j = 0; j < 3; j++) {
        cone[j] *= to[j] / from[j];
      }
      double[] adapted = solve(BRADFORD, cone).orElseThrow();
      for (int row = 0; row < 3; row++) {
        result[row][i] = adapted[row];
        if (!(Math.abs(adapted[row]) < 3)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(result);
  }

  private static double[] xyz(double x, double y) {
    return new double[] {x / y, 1, (1 - x - y) / y};
  }

  static double[] multiply(double[][] m, double[] v) {
    double[] result = new double[3];
    for (int i = 0; i < 3; i++) {
      result[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    }
    return result;
  }

  /** Returns the matrix {@code x} for which {@code m} times {@code x} is {@code product}. */
  static Optional<double[][]> solve(double[][] m, double[][] product) {
    double[][] result = new double[3][3];
    for (int i = 0; i < 3; i++) {
      Optional<double[]> column =
          solve(m, new double[] {product[0][i], product[1][i], product[2][i]});
      if (column.isEmpty()) {
        return Optional.empty();
      }
      for (int row = 0; row < 3; row++) {
        result[row][i] = column.get()[row];
      }
    }
    return Optional.of(result);
  }

  /** Solves three linear equations by Cramer's rule. */
  private static Optional<double[]> solve(double[][] m, double[] v) {
    double determinant = determinant(m);
    if (!(Math.abs(determinant) > 1e-6)) {
      return Optional.empty();
    }
    double[] result = new double[3];
    for (int i = 0; i < 3; i++) {
      double[][] replaced = {m[0].clone(), m[1].clone(), m[2].clone()};
      for (int row = 0; row < 3; row++) {
        replaced[row][i] = v[row];
      }
      result[i] = determinant(replaced) / determinant;
    }
    return Optional.of(result);
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }
}

package io.thumbnailer.imaging.raster;

import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Makes ICC profiles for colours in PQ and HLG (ITU-R BT.2100). Light is tone-mapped as in
 * Chromium: the largest of red, green and blue in BT.2020 goes through {@link ToneMapping}, and the
 * other two are scaled by the same factor, so that the hue is kept. The profile holds the result as
 * a lookup table. The last profiles are kept, because most images are in one of a few kinds of HDR.
 */
public final class HighDynamicRange {
  private static final int PQ = 16;
  private static final int HLG = 18;

  /** Grid points along each axis of the table. */
  private static final int GRID = 33;

  /** The weights of red, green and blue of BT.2020 in luminance. */
  private static final double[] LUMINANCE = {0.2627, 0.6780, 0.0593};

  /** The system gamma of HLG for a display with a peak of 1000 cd/m2. */
  private static final double SYSTEM_GAMMA = 1.2;

  /** The light of HLG's largest value, relative to graphics white. */
  private static final double HLG_PEAK = ToneMapping.DEFAULT_PEAK / ToneMapping.WHITE;

  private static final int MOST_KEPT = 16;

  private static final Map<Kind, Optional<ICC_Profile>> KEPT =
      Collections.synchronizedMap(
          new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Kind, Optional<ICC_Profile>> eldest) {
              return size() > MOST_KEPT;
            }
          });

  private record Kind(List<Double> colours, int transfer, ToneMapping mapping) {}

  private HighDynamicRange() {}

  /** Whether a code of TransferCharacteristics in ITU-T H.273 is PQ or HLG. */
  public static boolean is(int transfer) {
    return transfer == PQ || transfer == HLG;
  }

  /**
   * Returns the curve for grey.
   *
   * @param transfer a code for which {@link #is} is true
   */
  public static TransferCurve grey(int transfer, ToneMapping mapping) {
    return new TransferCurve(
        transfer == PQ
            ? v -> mapping.at(TransferCurve.pqLight(v))
            : v -> mapping.at(Math.pow(TransferCurve.hlg(v), SYSTEM_GAMMA) * HLG_PEAK),
        1);
  }

  /**
   * Returns a profile with three components.
   *
   * @param transfer a code for which {@link #is} is true
   * @return empty if the chromaticities are impossible
   */
  public static Optional<ICC_Profile> profile(
      Chromaticities colours, int transfer, ToneMapping mapping) {
    List<Double> xy = Arrays.stream(colours.xy()).boxed().toList();
    Kind kind = new Kind(xy, transfer, mapping);
    Optional<ICC_Profile> kept = KEPT.get(kind);
    if (kept == null) {
      kept = make(colours, transfer, mapping);
      KEPT.put(kind, kept);
    }
    return kept;
  }

  private static Optional<ICC_Profile> make(
      Chromaticities colours, int transfer, ToneMapping mapping) {
    Optional<double[][]> toXyz = colours.toXyzD50();
    Optional<double[][]> wide = Chromaticities.ofH273(9).flatMap(Chromaticities::toXyzD50);
    if (toXyz.isEmpty() || wide.isEmpty()) {
      return Optional.empty();
    }
    DoubleUnaryOperator curve = transfer == PQ ? TransferCurve::pqLight : TransferCurve::hlg;
    double[] light = new double[GRID];
    for (int i = 0; i < GRID; i++) {
      light[i] = curve.applyAsDouble(i / (GRID - 1.0));
    }
    double[][] toWide = Chromaticities.solve(wide.get(), toXyz.get()).orElseThrow();
    int cells = GRID * GRID * GRID;
    ByteBuffer table = ByteBuffer.allocate(52 + 12 + 6 * cells + 12);
    table.put("mft2".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    table.put(new byte[] {3, 3, GRID, 0});
    for (int i = 0; i < 9; i++) {
      table.putInt(i % 4 == 0 ? 1 << 16 : 0);
    }
    table.putShort((short) 2).putShort((short) 2);
    straight(table);
    for (int cell = 0; cell < cells; cell++) {
      double[] rgb = {light[cell / GRID / GRID], light[cell / GRID % GRID], light[cell % GRID]};
      double scale = scale(Chromaticities.multiply(toWide, rgb), transfer == HLG, mapping);
      for (double value : Chromaticities.multiply(toXyz.get(), rgb)) {
        // of which 32768 is 1
        table.putShort((short) Math.max(0, Math.min(0xFFFF, Math.round(value * scale * 0x8000))));
      }
    }
    straight(table);
    return MatrixProfile.ofTable(table.array());
  }

  /** The factor by which the light of a colour is multiplied. */
  private static double scale(double[] wide, boolean ofScene, ToneMapping mapping) {
    double scale = 1;
    if (ofScene) {
      double luminance = 0;
      for (int i = 0; i < 3; i++) {
        luminance += LUMINANCE[i] * wide[i];
      }
      scale = HLG_PEAK * Math.pow(Math.max(1e-9, luminance), SYSTEM_GAMMA - 1);
    }
    double most = scale * Math.max(wide[0], Math.max(wide[1], wide[2]));
    return most < 1e-9 ? 0 : scale * mapping.at(most) / most;
  }

  private static void straight(ByteBuffer table) {
    for (int i = 0; i < 3; i++) {
      table.putShort((short) 0).putShort((short) 0xFFFF);
    }
  }
}

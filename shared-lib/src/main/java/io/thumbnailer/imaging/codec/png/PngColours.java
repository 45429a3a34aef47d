package io.thumbnailer.imaging.codec.png;

import io.thumbnailer.imaging.raster.Chromaticities;
import io.thumbnailer.imaging.raster.HighDynamicRange;
import io.thumbnailer.imaging.raster.MatrixProfile;
import io.thumbnailer.imaging.raster.SrgbConversion;
import io.thumbnailer.imaging.raster.TransferCurve;
import java.awt.color.ICC_Profile;
import java.util.Arrays;
import java.util.Optional;

/**
 * Selects the chunk of a PNG that determines its colours: the first valid one of cICP, iCCP, sRGB,
 * and then gAMA and cHRM (PNG, third edition, 4.3).
 */
final class PngColours {
  /** The gamma that browsers treat as sRGB. */
  private static final int SRGB_GAMMA = 45_455;

  private static final int GAMMA_TOLERANCE = 500;

  private PngColours() {}

  /**
   * Returns the profile that converts the samples to sRGB; empty if they are sRGB.
   *
   * @param embedded the ICC profile, if it was read before
   */
  static Optional<ICC_Profile> profile(PngChunks header, Optional<byte[]> embedded) {
    boolean colour = header.isColour();
    Optional<byte[]> coded = header.codedColours().filter(PngColours::isShown);
    if (coded.isPresent()) {
      Chromaticities primaries = Chromaticities.ofH273(coded.get()[0] & 0xFF).orElseThrow();
      int transfer = coded.get()[1] & 0xFF;
      boolean hdr = HighDynamicRange.is(transfer);
      if (hdr && colour) {
        return HighDynamicRange.profile(primaries, transfer, header.toneMapping());
      }
      TransferCurve curve =
          hdr
              ? HighDynamicRange.grey(transfer, header.toneMapping())
              : TransferCurve.ofH273(transfer).orElseThrow();
      return profile(colour, primaries, curve);
    }
    Optional<ICC_Profile> icc =
        header
            .profile()
            .or(() -> embedded)
            .flatMap(p -> colour ? SrgbConversion.valid(p, 3) : SrgbConversion.validForGrey(p));
    if (icc.isPresent() || header.srgb()) {
      return icc.filter(p -> !SrgbConversion.isSrgb(p));
    }
    boolean srgbCurve =
        header.gamma().map(g -> Math.abs(g - SRGB_GAMMA) < GAMMA_TOLERANCE).orElse(true);
    if (srgbCurve && header.chromaticities().isEmpty()) {
      return Optional.empty();
    }
    TransferCurve curve =
        srgbCurve ? TransferCurve.SRGB : TransferCurve.gamma(100_000.0 / header.gamma().get());
    Chromaticities primaries =
        header
            .chromaticities()
            .map(xy -> new Chromaticities(Arrays.stream(xy).mapToDouble(n -> n / 1e5).toArray()))
            .orElse(Chromaticities.BT709);
    return profile(colour, primaries, curve);
  }

  private static Optional<ICC_Profile> profile(
      boolean colour, Chromaticities primaries, TransferCurve curve) {
    Optional<ICC_Profile> made =
        colour ? MatrixProfile.rgb(primaries, curve) : MatrixProfile.grey(curve);
    return made.filter(p -> !SrgbConversion.isSrgb(p));
  }

  /** Whether it is full-range RGB, as the specification demands, with known colours. */
  private static boolean isShown(byte[] coded) {
    return Chromaticities.ofH273(coded[0] & 0xFF).isPresent()
        && TransferCurve.ofH273(coded[1] & 0xFF).isPresent()
        && coded[2] == 0
        && coded[3] == 1;
  }
}

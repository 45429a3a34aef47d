package io.thumbnailer.imaging.codec.heif;

import io.thumbnailer.imaging.raster.Chromaticities;
import io.thumbnailer.imaging.raster.MatrixProfile;
import io.thumbnailer.imaging.raster.SrgbConversion;
import io.thumbnailer.imaging.raster.TransferCurve;
import java.awt.color.ICC_Profile;
import java.util.Optional;

/**
 * Colours that a file names by the numbers of ITU-T H.273 in place of a profile. As in Chromium,
 * the curves of television count as that of sRGB; {@link TransferCurve} says what becomes of PQ and
 * HLG.
 */
final class Nclx {
  private Nclx() {}

  /** What turns such colours to sRGB; empty when they are sRGB or nobody knows them. */
  static Optional<ICC_Profile> profile(int primaries, int transfer) {
    Chromaticities colours = Chromaticities.ofH273(primaries).orElse(Chromaticities.BT709);
    TransferCurve curve =
        switch (transfer) {
          case 1, 6, 14, 15 -> TransferCurve.SRGB;
          default -> TransferCurve.ofH273(transfer).orElse(TransferCurve.SRGB);
        };
    return MatrixProfile.rgb(colours, curve).filter(profile -> !SrgbConversion.isSrgb(profile));
  }
}

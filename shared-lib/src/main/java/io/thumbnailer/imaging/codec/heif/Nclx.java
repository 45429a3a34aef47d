package io.thumbnailer.imaging.codec.heif;

import io.thumbnailer.imaging.raster.Chromaticities;
import io.thumbnailer.imaging.raster.HighDynamicRange;
import io.thumbnailer.imaging.raster.MatrixProfile;
import io.thumbnailer.imaging.raster.SrgbConversion;
import io.thumbnailer.imaging.raster.ToneMapping;
import io.thumbnailer.imaging.raster.TransferCurve;
import java.awt.color.ICC_Profile;
import java.util.Optional;

/**
 * Colours that a file describes by code points of ITU-T H.273 instead of a profile. As in Chromium,
 * the transfer curves of television are treated as sRGB; see {@link HighDynamicRange} for PQ and
 * HLG.
 */
final class Nclx {
  private Nclx() {}

  /**
   * The profile that converts such colours to sRGB; empty if they are sRGB or unknown.
   *
   * @param mapping for HDR
   */
  static Optional<ICC_Profile> profile(int primaries, int transfer, ToneMapping mapping) {
    Chromaticities colours = Chromaticities.ofH273(primaries).orElse(Chromaticities.BT709);
    if (HighDynamicRange.is(transfer)) {
      return HighDynamicRange.profile(colours, transfer, mapping);
    }
    TransferCurve curve =
        switch (transfer) {
          case 1, 6, 14, 15 -> TransferCurve.SRGB;
          default -> TransferCurve.ofH273(transfer).orElse(TransferCurve.SRGB);
        };
    return MatrixProfile.rgb(colours, curve).filter(profile -> !SrgbConversion.isSrgb(profile));
  }
}

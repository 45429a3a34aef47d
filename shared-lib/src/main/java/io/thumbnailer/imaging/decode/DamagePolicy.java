package io.thumbnailer.imaging.decode;

import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.raster.Decoded;
import java.util.Set;

/**
 * Decides, in the same way for all formats, whether enough of a damaged image is left to show it.
 */
final class DamagePolicy {
  /** An image is shown if at least this share of its rows arrived. */
  static final double LEAST_SHARE = 0.25;

  private DamagePolicy() {}

  /**
   * Returns the warnings for an image.
   *
   * @throws ImagingException if too little is left: {@code TRUNCATED_IMAGE} if the file ends too
   *     early, {@code UNREADABLE_IMAGE} if it is corrupt
   */
  static Set<ImageWarning> check(Decoded decoded) throws ImagingException {
    if (!decoded.incomplete()) {
      return Set.of();
    }
    if (decoded.arrived() >= LEAST_SHARE) {
      return Set.of(decoded.endedEarly() ? ImageWarning.TRUNCATED : ImageWarning.CORRUPT);
    }
    int percent = (int) (100 * decoded.arrived());
    throw decoded.endedEarly()
        ? new ImagingException(
            ImagingException.Reason.TRUNCATED_IMAGE,
            "only %d%% of the image is in the file; at least %d%% is needed"
                .formatted(percent, (int) (100 * LEAST_SHARE)))
        : new ImagingException(
            ImagingException.Reason.UNREADABLE_IMAGE,
            "the image is corrupt after %d%% of its rows".formatted(percent));
  }
}

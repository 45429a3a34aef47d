package io.thumbnailer.imaging.decode;

import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.raster.PlanarImage;
import java.util.Set;

/**
 * A decoded image that is complete enough to be shown.
 *
 * @param pixels as stored: without orientation and conversion to sRGB
 * @param warnings the defects of the image; usually none
 */
public record DecodedImage(PlanarImage pixels, Set<ImageWarning> warnings) {

  public DecodedImage {
    warnings = Set.copyOf(warnings);
  }
}

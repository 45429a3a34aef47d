package io.thumbnailer.imaging.decode;

import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.raster.PlanarImage;
import java.util.Set;

/**
 * An image that was decoded and is good enough to be shown.
 *
 * @param pixels as they are stored: not yet oriented nor in sRGB
 * @param warnings what is wrong with it; usually none
 */
public record DecodedImage(PlanarImage pixels, Set<ImageWarning> warnings) {

  public DecodedImage {
    warnings = Set.copyOf(warnings);
  }
}

package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.raster.PlanarImage;
import java.util.Optional;

/**
 * A JPEG's components as they are coded.
 *
 * @param image of one or three planes; three are taken for YCbCr
 * @param warning the last thing that the decoder did not expect
 */
public record RawJpeg(PlanarImage image, Optional<String> warning) {}

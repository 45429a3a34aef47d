package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.raster.PlanarImage;
import java.util.Optional;

/**
 * A JPEG's components as they are coded.
 *
 * @param image with one or three planes; three are treated as YCbCr
 * @param warning the decoder's last warning
 */
public record RawJpeg(PlanarImage image, Optional<String> warning) {}

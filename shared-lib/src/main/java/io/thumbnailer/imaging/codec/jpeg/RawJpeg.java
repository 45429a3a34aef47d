package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.raster.PlanarImage;

/**
 * A JPEG's components as they are coded.
 *
 * @param image of one or three planes; three are taken for YCbCr
 * @param damaged whether the decoder had to guess at something
 */
public record RawJpeg(PlanarImage image, boolean damaged) {}

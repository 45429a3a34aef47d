/** Planes of pixels: resampling, alpha and colour conversion. */
package io.thumbnailer.imaging.raster;

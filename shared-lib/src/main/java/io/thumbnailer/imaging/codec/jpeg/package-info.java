/** JPEG: libjpeg-turbo, the 1/8-scale decoder, and CMYK. */
package io.thumbnailer.imaging.codec.jpeg;

/** HEIC and AVIF by libheif, where the machine has it. */
package io.thumbnailer.imaging.codec.heif;

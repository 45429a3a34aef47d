/** HEIC and AVIF with libheif, if the machine has it. */
package io.thumbnailer.imaging.codec.heif;

/**
 * Reads formats, sizes and metadata from file headers without decoding pixels.
 *
 * <p>The package has more than 25 classes because each of the 13 formats needs at least one, and
 * formats contain each other: icons contain PNG, TIFF contains JPEG, and most contain Exif.
 */
package io.thumbnailer.imaging.header;

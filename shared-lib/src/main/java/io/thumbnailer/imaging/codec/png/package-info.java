/** PNG decoding and encoding, row by row. */
package io.thumbnailer.imaging.codec.png;

/** Reads formats, sizes and metadata from file headers without decoding pixels. */
package io.thumbnailer.imaging.header;

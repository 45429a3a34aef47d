/** Chooses the decoder and the encoder of a format. */
package io.thumbnailer.imaging.codec;

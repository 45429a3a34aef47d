/** Decodes an image within its time and memory limits. */
package io.thumbnailer.imaging.decode;

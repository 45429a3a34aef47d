/** Renders thumbnails from an image file. Independent of storage and messaging. */
package io.thumbnailer.imaging;

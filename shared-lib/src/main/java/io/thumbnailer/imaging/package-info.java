/** From an image file to thumbnails. Knows neither storage nor messaging. */
package io.thumbnailer.imaging;

package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;

/**
 * What is known of an image before its pixels are decoded.
 *
 * @param header what the service shows of it
 * @param metadata how the pixels are to be shown; nothing when it was not asked for
 * @param pixels where they are
 */
public record ImageDescription(ImageHeader header, ImageMetadata metadata, CodedPixels pixels) {

  /** Of a file that is nothing but its pixels. */
  static ImageDescription of(CodedPixels pixels, int orientation, ImageMetadata metadata) {
    return new ImageDescription(
        new ImageHeader(pixels.format(), pixels.width(), pixels.height(), orientation),
        metadata,
        pixels);
  }

  /** The same image as the contents of another file. */
  ImageDescription within(ImageFormat format, CodedPixels there) {
    return new ImageDescription(
        new ImageHeader(format, header.width(), header.height(), header.orientation()),
        metadata,
        there);
  }
}

package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;

/**
 * What is known about an image before its pixels are decoded.
 *
 * @param header the values that the service reports
 * @param metadata how the pixels are to be shown; empty if it was not requested
 * @param pixels where the pixels are
 */
public record ImageDescription(ImageHeader header, ImageMetadata metadata, CodedPixels pixels) {

  /** Describes a file whose header states the size of its pixels. */
  static ImageDescription of(CodedPixels pixels, int orientation, ImageMetadata metadata) {
    return new ImageDescription(
        new ImageHeader(pixels.format(), pixels.width(), pixels.height(), orientation),
        metadata,
        pixels);
  }

  /** Describes the same image embedded in another file. */
  ImageDescription within(ImageFormat format, CodedPixels there) {
    return new ImageDescription(
        new ImageHeader(format, header.width(), header.height(), header.orientation()),
        metadata,
        there);
  }
}

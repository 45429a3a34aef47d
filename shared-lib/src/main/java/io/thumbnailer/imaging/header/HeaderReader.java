package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads headers by hand: in time that grows with their length only, and with memory for what is
 * used of them.
 */
public final class HeaderReader {
  private HeaderReader() {}

  /**
   * Describes an image.
   *
   * @param in the file; a seek goes anywhere
   * @param metadata whether the description is for decoding: profiles are collected, and images
   *     within the image read to their end
   * @throws UnsupportedFormatException when the file turns out to be of a format of that name
   * @throws IOException when the header is broken; runtime exceptions can be thrown as well
   */
  public static ImageDescription read(ImageFormat format, ImageInputStream in, boolean metadata)
      throws IOException {
    return switch (format) {
      case JPEG -> JpegHeader.read(in, metadata);
      case PNG -> PngHeader.read(in, metadata);
      case GIF -> GifHeader.read(in);
      case WEBP -> WebpHeader.read(in, metadata);
      case TIFF -> TiffHeader.read(in, metadata);
      case BMP -> BmpHeader.read(in, metadata);
      case PSD -> PsdHeader.read(in);
      case PNM -> PnmHeader.read(in);
      case ICNS -> IcnsHeader.read(in, metadata);
      case HEIC, AVIF -> HeifHeader.read(in);
      case JXL -> JxlHeader.read(in);
      case ICO -> IconHeader.read(in, metadata);
    };
  }
}

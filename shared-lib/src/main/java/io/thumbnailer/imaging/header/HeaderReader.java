package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads headers with our own code: in time proportional to their length, and with memory only for
 * the data that is used.
 */
public final class HeaderReader {
  private HeaderReader() {}

  /**
   * Describes an image.
   *
   * @param in the file; its position changes
   * @param metadata whether the description is used for decoding: profiles are then collected, and
   *     embedded images are read to their end
   * @throws UnsupportedFormatException if the file turns out to have the named format
   * @throws IOException if the header is broken; runtime exceptions are possible as well
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

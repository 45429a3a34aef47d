package io.thumbnailer.imaging;

import io.thumbnailer.imaging.codec.Codecs;
import io.thumbnailer.imaging.header.DeadlineInput;
import io.thumbnailer.imaging.header.FormatSniffer;
import io.thumbnailer.imaging.header.GifScreen;
import io.thumbnailer.imaging.header.ImageMetadata;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImagingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageReader;

/** Reads an image's format, size and orientation from its header, without decoding pixels. */
public final class ImageProbe {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /**
   * Probes a file.
   *
   * @throws ImagingException {@code UNSUPPORTED_TYPE} when the first bytes are of no known format,
   *     {@code UNREADABLE_IMAGE} when the header is broken
   */
  public ImageHeader probe(Path file) throws ImagingException {
    return describe(file).header();
  }

  /** Probes a file for its header and for the metadata that its pixels are shown by. */
  Description describe(Path file) throws ImagingException {
    ImageFormat format = format(file);
    try (DeadlineInput input = new DeadlineInput(file, LIMIT)) {
      ImageMetadata metadata = ImageMetadata.read(format, input);
      if (metadata.width() > 0 && metadata.height() > 0) {
        return new Description(
            header(format, metadata.width(), metadata.height(), metadata.orientation()), metadata);
      }
      input.seek(0);
      ImageReader reader = Codecs.reader(format);
      try {
        reader.setInput(input, !format.manySizes(), true);
        int frame = format.manySizes() ? Codecs.largest(reader) : 0;
        int width = reader.getWidth(frame);
        int height = reader.getHeight(frame);
        if (format == ImageFormat.GIF) {
          GifScreen screen = GifScreen.read(input);
          if (screen.holds(width, height)) {
            width = screen.width();
            height = screen.height();
          }
        }
        return new Description(header(format, width, height, metadata.orientation()), metadata);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) { // readers throw anything on hostile bytes
      throw broken(e);
    }
  }

  /** What is known before pixels are decoded. */
  record Description(ImageHeader header, ImageMetadata metadata) {}

  private static ImageFormat format(Path file) throws ImagingException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] prefix = in.readNBytes(FormatSniffer.PREFIX_BYTES);
      return FormatSniffer.sniff(prefix)
          .orElseThrow(
              () ->
                  new ImagingException(
                      ImagingException.Reason.UNSUPPORTED_TYPE,
                      prefix.length == 0
                          ? "the file is empty"
                          : "the first bytes are of no known image format"));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static ImageHeader header(ImageFormat format, int width, int height, int orientation)
      throws ImagingException {
    if (width < 1 || height < 1) {
      throw new ImagingException(
          ImagingException.Reason.UNREADABLE_IMAGE, "the header promises no pixels");
    }
    return new ImageHeader(format, width, height, orientation);
  }

  private static ImagingException broken(Exception cause) {
    return new ImagingException(
        ImagingException.Reason.UNREADABLE_IMAGE, "the image's header cannot be read", cause);
  }
}

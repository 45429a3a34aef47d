package io.thumbnailer.imaging;

import io.thumbnailer.imaging.header.DeadlineInput;
import io.thumbnailer.imaging.header.FormatSniffer;
import io.thumbnailer.imaging.header.HeaderReader;
import io.thumbnailer.imaging.header.ImageDescription;
import io.thumbnailer.imaging.header.UnsupportedFormatException;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImagingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Reads an image's format, size and orientation from its header, without decoding pixels. */
public final class ImageProbe {
  /** What one probe takes at most: a buffer, a directory, a segment. */
  public static final long BYTES = (1 << 20) - 1;

  /** This often a file is read whatever the time: a busy machine makes no image unreadable. */
  private static final int READS_BEFORE_LIMIT = 64;

  private final Duration limit;
  private final DecodeMemoryBudget memory;

  /** With a second for a probe, and memory for 16 of them at the same time. */
  public ImageProbe() {
    this(Duration.ofSeconds(1), new DecodeMemoryBudget(16 << 20));
  }

  /**
   * With its limits.
   *
   * @param limit for one probe
   * @param memory that all probes share, at least 1 MiB; further ones wait
   */
  public ImageProbe(Duration limit, DecodeMemoryBudget memory) {
    this.limit = limit;
    this.memory = memory;
  }

  /**
   * Probes a file.
   *
   * @throws ImagingException {@code UNSUPPORTED_TYPE} when the first bytes are of no known format,
   *     {@code UNREADABLE_IMAGE} when the header is broken or takes too long
   */
  public ImageHeader probe(Path file) throws ImagingException {
    return read(file, false).header();
  }

  /** Probes a file for its header and for all that its pixels are decoded and shown by. */
  ImageDescription describe(Path file) throws ImagingException {
    return read(file, true);
  }

  private ImageDescription read(Path file, boolean metadata) throws ImagingException {
    DecodeMemoryBudget.Grant grant = memory.acquireUninterruptibly(BYTES);
    try (DeadlineInput input = new DeadlineInput(file, limit, READS_BEFORE_LIMIT)) {
      try {
        return checked(HeaderReader.read(format(input), input, metadata));
      } catch (UnsupportedFormatException e) {
        throw unsupported(e.getMessage());
      } catch (IOException | RuntimeException e) { // hostile bytes lead anywhere
        throw broken(
            input.expired()
                ? "the image's header takes longer than %s to read".formatted(limit)
                : "the image's header cannot be read",
            e);
      }
    } catch (IOException e) {
      throw broken("the image cannot be read", e);
    } finally {
      grant.close();
    }
  }

  private static ImageFormat format(DeadlineInput input) throws IOException, ImagingException {
    byte[] prefix = new byte[(int) Math.min(FormatSniffer.PREFIX_BYTES, input.length())];
    input.readFully(prefix);
    return FormatSniffer.sniff(prefix)
        .orElseThrow(
            () ->
                new ImagingException(
                    ImagingException.Reason.UNSUPPORTED_TYPE,
                    prefix.length == 0
                        ? "the file is empty"
                        : "the first bytes are of no known image format"));
  }

  private static ImageDescription checked(ImageDescription image) throws ImagingException {
    if (image.header().width() < 1 || image.header().height() < 1) {
      throw new ImagingException(
          ImagingException.Reason.UNREADABLE_IMAGE, "the header promises no pixels");
    }
    return image;
  }

  private static ImagingException unsupported(String format) {
    return new ImagingException(
        ImagingException.Reason.UNSUPPORTED_TYPE, format + " is not supported on this server");
  }

  private static ImagingException broken(String detail, Exception cause) {
    return new ImagingException(ImagingException.Reason.UNREADABLE_IMAGE, detail, cause);
  }
}

package io.thumbnailer.imaging;

import io.thumbnailer.imaging.codec.heif.NativeHeif;
import io.thumbnailer.imaging.codec.jxl.NativeJxl;
import io.thumbnailer.imaging.header.DeadlineInput;
import io.thumbnailer.imaging.header.FormatSniffer;
import io.thumbnailer.imaging.header.HeaderReader;
import io.thumbnailer.imaging.header.ImageDescription;
import io.thumbnailer.imaging.header.InnerSizeException;
import io.thumbnailer.imaging.header.UnsupportedFormatException;
import io.thumbnailer.imaging.header.UnsupportedFormats;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads an image's format, size and orientation from its header, without decoding pixels. */
public final class ImageProbe {
  /** What one probe takes at most: a buffer, a directory, a segment. */
  public static final long BYTES = (1 << 20) - 1;

  /** This often a file is read whatever the time: a busy machine makes no image unreadable. */
  private static final int READS_BEFORE_LIMIT = 64;

  private final Duration limit;
  private final DecodeMemoryBudget memory;
  private final Set<ImageFormat> accepted;

  /** With a second for a probe, and memory for 16 of them at the same time. */
  public ImageProbe() {
    this(Duration.ofSeconds(1), new DecodeMemoryBudget(16 << 20), available());
  }

  /** The formats that can be decoded on this machine. */
  public static Set<ImageFormat> available() {
    Set<ImageFormat> formats = EnumSet.allOf(ImageFormat.class);
    formats.removeIf(ImageFormat::needsLibrary);
    NativeHeif.find().ifPresent(library -> formats.addAll(library.formats()));
    NativeJxl.find().ifPresent(library -> formats.add(ImageFormat.JXL));
    return formats;
  }

  /**
   * With its limits.
   *
   * @param limit for one probe
   * @param memory that all probes share, at least 1 MiB; further ones wait
   * @param accepted formats; others are refused by their name
   */
  public ImageProbe(Duration limit, DecodeMemoryBudget memory, Set<ImageFormat> accepted) {
    this.limit = limit;
    this.memory = memory;
    this.accepted = EnumSet.copyOf(accepted);
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

  /**
   * Probes a file and checks that a worker can make its thumbnails.
   *
   * @param decodeMemory bytes that a worker has for decoding
   * @throws ImagingException as {@link #probe(Path)} does, and {@code TOO_MANY_PIXELS} when the
   *     image exceeds the budget or its decoding the memory
   */
  public ImageHeader admit(
      Path file, List<Rendition> renditions, PixelBudget budget, long decodeMemory)
      throws ImagingException {
    ImageDescription image = read(file, false);
    budget.admit(image.header());
    // The worker may have libjpeg-turbo where this machine does not.
    long needed = RenderMemory.estimate(image, file.toFile().length(), renditions, true);
    if (needed > decodeMemory) {
      throw new ImagingException(
          ImagingException.Reason.TOO_MANY_PIXELS,
          "decoding %d x %d pixels may take %d MiB, more than the limit of %d MiB"
              .formatted(
                  image.header().width(),
                  image.header().height(),
                  needed >> 20,
                  decodeMemory >> 20));
    }
    return image.header();
  }

  /** Probes a file for its header and for all that its pixels are decoded and shown by. */
  ImageDescription describe(Path file) throws ImagingException {
    return read(file, true);
  }

  private ImageDescription read(Path file, boolean metadata) throws ImagingException {
    DecodeMemoryBudget.Grant grant = memory.acquireUninterruptibly(BYTES);
    try (DeadlineInput input = new DeadlineInput(file, limit, READS_BEFORE_LIMIT)) {
      try {
        ImageFormat format = format(input);
        if (!accepted.contains(format)) {
          throw unsupported(format.displayName());
        }
        ImageDescription image = checked(HeaderReader.read(format, input, metadata));
        if (!accepted.contains(image.header().format())) {
          throw unsupported(image.header().format().displayName());
        }
        return image;
      } catch (UnsupportedFormatException e) {
        throw unsupported(e.getMessage());
      } catch (InnerSizeException e) {
        throw broken(e.getMessage(), e);
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

  private ImageFormat format(DeadlineInput input) throws IOException, ImagingException {
    byte[] prefix = new byte[(int) Math.min(FormatSniffer.PREFIX_BYTES, input.length())];
    input.readFully(prefix);
    Optional<ImageFormat> known = FormatSniffer.sniff(prefix);
    Optional<String> other = UnsupportedFormats.name(prefix);
    if (other.isPresent() && (known.isEmpty() || known.get() == ImageFormat.TIFF)) {
      throw unsupported(other.get());
    }
    return known.orElseThrow(
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

  private ImagingException unsupported(String format) {
    return new ImagingException(
        ImagingException.Reason.UNSUPPORTED_TYPE,
        format
            + " is not supported on this server; accepted: "
            + accepted.stream().map(ImageFormat::displayName).collect(Collectors.joining(", ")));
  }

  private static ImagingException broken(String detail, Exception cause) {
    return new ImagingException(ImagingException.Reason.UNREADABLE_IMAGE, detail, cause);
  }
}

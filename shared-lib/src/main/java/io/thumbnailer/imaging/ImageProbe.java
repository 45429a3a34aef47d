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
  /** The maximum memory of one probe: a buffer, a directory, a segment. */
  public static final long BYTES = (1 << 20) - 1;

  /**
   * A file may be read this often even after the time limit, so that a busy machine does not make
   * an image unreadable.
   */
  private static final int READS_BEFORE_LIMIT = 64;

  private final Duration limit;
  private final DecodeMemoryBudget memory;
  private final Set<ImageFormat> accepted;

  /** Creates a probe with a time limit of one second, and memory for 16 probes at the same time. */
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
   * Creates a probe with the given limits.
   *
   * @param limit for one probe
   * @param memory shared by all probes, at least 1 MiB; when it is used up, further probes wait
   * @param accepted formats; others are refused with a message that names them
   */
  public ImageProbe(Duration limit, DecodeMemoryBudget memory, Set<ImageFormat> accepted) {
    this.limit = limit;
    this.memory = memory;
    this.accepted = EnumSet.copyOf(accepted);
  }

  /**
   * Probes a file.
   *
   * @throws ImagingException {@code UNSUPPORTED_TYPE} if the first bytes do not match a known
   *     format, {@code UNREADABLE_IMAGE} if the header is broken or takes too long to read
   */
  public ImageHeader probe(Path file) throws ImagingException {
    return read(file, false).header();
  }

  /**
   * Probes a file and checks that a worker can create its thumbnails.
   *
   * @param decodeMemory memory of a worker for decoding, in bytes
   * @throws ImagingException as for {@link #probe(Path)}, and {@code TOO_MANY_PIXELS} if the image
   *     exceeds the budget or decoding it exceeds the memory
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

  /** Reads the header of a file and everything that is needed to decode and show its pixels. */
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
      } catch (IOException | RuntimeException e) { // hostile bytes can cause any exception
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
                    : "the first bytes do not match any known image format"));
  }

  private static ImageDescription checked(ImageDescription image) throws ImagingException {
    if (image.header().width() < 1 || image.header().height() < 1) {
      throw new ImagingException(
          ImagingException.Reason.UNREADABLE_IMAGE, "the header describes an image without pixels");
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

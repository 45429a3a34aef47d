package io.thumbnailer.imaging;

import io.thumbnailer.imaging.codec.Encoder;
import io.thumbnailer.imaging.codec.heif.NativeHeif;
import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.codec.jxl.NativeJxl;
import io.thumbnailer.imaging.decode.DecodedImage;
import io.thumbnailer.imaging.decode.Decoder;
import io.thumbnailer.imaging.header.ImageDescription;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.Fit;
import io.thumbnailer.imaging.model.FitGeometry;
import io.thumbnailer.imaging.model.Gravity;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.imaging.raster.ColourConversion;
import io.thumbnailer.imaging.raster.ImageResampler;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Saliency;
import io.thumbnailer.imaging.raster.SrgbConversion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Creates all thumbnails of an image with a single decode. Thread-safe. */
public final class ThumbnailRenderer {
  private final PixelBudget budget;
  private final DecodeMemoryBudget permits;
  private final ImageProbe probe;
  private final Decoder decoder;
  private final Encoder encoder;

  /**
   * Creates a renderer with the given limits, which uses libjpeg-turbo if the machine has it.
   *
   * @param budget that every image must meet before it is decoded
   * @param permits the memory that all decodes share
   * @param decodeTimeout for one decode
   */
  public ThumbnailRenderer(PixelBudget budget, DecodeMemoryBudget permits, Duration decodeTimeout) {
    this(budget, permits, decodeTimeout, NativeJpeg.find());
  }

  /**
   * Creates a renderer with the given limits.
   *
   * @param nativeJpeg the library that decodes and encodes JPEG; empty for pure Java
   */
  public ThumbnailRenderer(
      PixelBudget budget,
      DecodeMemoryBudget permits,
      Duration decodeTimeout,
      Optional<NativeJpeg> nativeJpeg) {
    this.budget = budget;
    this.permits = permits;
    // Ingest has admitted the image within a second; a busy worker gets as much time as for
    // decoding.
    this.probe =
        new ImageProbe(decodeTimeout, new DecodeMemoryBudget(16 << 20), ImageProbe.available());
    this.decoder = new Decoder(decodeTimeout, nativeJpeg);
    this.encoder = new Encoder(nativeJpeg);
  }

  /** The file and version of libjxl, if the machine has it. */
  public static Optional<String> jxlLibrary() {
    return NativeJxl.find().map(NativeJxl::library);
  }

  /** The file and version of libheif, if the machine has it. */
  public static Optional<String> heifLibrary() {
    return NativeHeif.find().map(NativeHeif::library);
  }

  /** The file of libjpeg-turbo, if the machine has it; empty if JPEG is decoded in pure Java. */
  public static Optional<String> jpegLibrary() {
    return NativeJpeg.find().map(NativeJpeg::library);
  }

  /**
   * The number of decoders that are still running although they exceeded their time limit and were
   * interrupted. Each occupies a thread and its share of the decode memory. Only the end of the
   * process is certain to free them.
   */
  public int abandonedDecodes() {
    return decoder.abandoned();
  }

  /**
   * Probes, admits, decodes, resamples, orients, converts and encodes.
   *
   * @return one thumbnail per rendition, in the order of the renditions
   * @throws ImagingException if the image is unsupported, unreadable, too large or too slow to
   *     decode, or if too much of it is missing
   * @throws IllegalStateException if there is not enough memory now
   * @throws InterruptedException if the thread is interrupted while it waits or decodes
   */
  public List<RenderedThumbnail> render(Path original, List<Rendition> renditions)
      throws ImagingException, InterruptedException {
    return render(original, renditions, (part, took) -> {});
  }

  /**
   * Renders as {@link #render(Path, List)} does, and reports the duration of each step to a
   * listener.
   */
  public List<RenderedThumbnail> render(
      Path original, List<Rendition> renditions, RenderingListener listener)
      throws ImagingException, InterruptedException {
    ImageDescription image = probe.describe(original);
    ImageHeader header = image.header();
    budget.admit(header);
    List<FitGeometry> geometries = geometries(header, renditions);
    int denominator = RenderMemory.denominator(image, renditions, decoder.nativeJpeg());
    long bytes = memory(image, original, renditions);
    try (DecodeMemoryBudget.Grant grant = permits.acquire(bytes)) {
      long begun = System.nanoTime();
      DecodedImage decoded = decoder.decode(original, image, denominator, grant);
      listener.ended("decode", Duration.ofNanos(System.nanoTime() - begun));
      return new Pass(header, decoded, renditions, geometries, listener).run();
    }
  }

  /**
   * The number of bytes of the shared memory that {@link #render} reserves for decoding this image.
   *
   * @throws ImagingException if the image is unsupported or its header is unreadable
   */
  public long memory(Path original, List<Rendition> renditions) throws ImagingException {
    ImageDescription image = probe.describe(original);
    return memory(image, original, renditions);
  }

  private long memory(ImageDescription image, Path original, List<Rendition> renditions)
      throws ImagingException {
    return RenderMemory.estimate(image, size(original), renditions, decoder.nativeJpeg());
  }

  private static List<FitGeometry> geometries(ImageHeader header, List<Rendition> renditions) {
    return renditions.stream()
        .map(r -> FitGeometry.of(header.displayWidth(), header.displayHeight(), r))
        .toList();
  }

  private static long size(Path file) throws ImagingException {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new ImagingException(
          ImagingException.Reason.UNREADABLE_IMAGE, "the image cannot be read", e);
    }
  }

  /**
   * Resamples the renditions of one image, largest first, each from the smallest result that is
   * large enough.
   */
  private final class Pass {
    /**
     * A result that is this many times larger than a rendition is as good a source as the image
     * itself.
     */
    private static final double ENOUGH = 2;

    private final ImageHeader header;
    private final PlanarImage decoded;
    private final Set<ImageWarning> warnings;
    private final List<Rendition> renditions;
    private final List<FitGeometry> geometries;
    private final RenderingListener listener;
    private final int width;
    private final int height;
    private PlanarImage smallestWhole;

    Pass(
        ImageHeader header,
        DecodedImage decoded,
        List<Rendition> renditions,
        List<FitGeometry> geometries,
        RenderingListener listener) {
      this.header = header;
      this.decoded = decoded.pixels();
      this.warnings = decoded.warnings();
      this.renditions = renditions;
      this.geometries = geometries;
      this.listener = listener;
      this.width = header.displayWidth();
      this.height = header.displayHeight();
    }

    List<RenderedThumbnail> run() {
      RenderedThumbnail[] thumbnails = new RenderedThumbnail[renditions.size()];
      IntStream.range(0, renditions.size())
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -geometries.get(i).scale()))
          .forEach(i -> thumbnails[i] = render(renditions.get(i), geometries.get(i)));
      return new ArrayList<>(List.of(thumbnails));
    }

    private RenderedThumbnail render(Rendition rendition, FitGeometry asked) {
      OutputFormat format = encoder.format(rendition, decoded.hasAlpha());
      FitGeometry geometry =
          rendition.gravity() == Gravity.ATTENTION && !asked.whole(width, height)
              ? attended(asked)
              : asked;
      PlanarImage scaled =
          resample(
              geometry, Encoder.halfChroma(rendition, format, geometry.width(), geometry.height()));
      if (geometry.whole(width, height)) {
        smallestWhole = scaled;
      }
      PlanarImage finished = rendition.fit() == Fit.PAD ? padded(scaled, rendition) : scaled;
      long begun = System.nanoTime();
      byte[] content = encoder.encode(finished, rendition, format);
      listener.ended("encode", Duration.ofNanos(System.nanoTime() - begun));
      return new RenderedThumbnail(
          rendition, format, finished.width(), finished.height(), content, warnings);
    }

    private PlanarImage resample(FitGeometry geometry, boolean halfChroma) {
      boolean cascade =
          smallestWhole != null
              && smallestWhole.width() >= ENOUGH * geometry.scale() * width
              && smallestWhole.height() >= ENOUGH * geometry.scale() * height;
      PlanarImage source = cascade ? smallestWhole : decoded;
      boolean half = halfChroma && source.profile().isEmpty();
      return SrgbConversion.toSrgb(
          ImageResampler.resample(
              source, cascade ? 1 : header.orientation(), geometry, width, height, half));
    }

    private FitGeometry attended(FitGeometry geometry) {
      FitGeometry small = Saliency.overview(width, height);
      PlanarImage overview =
          ColourConversion.toRgb(
              SrgbConversion.toSrgb(
                  ImageResampler.resample(
                      decoded, header.orientation(), small, width, height, false)));
      return Saliency.place(overview, geometry, width, height);
    }

    private static PlanarImage padded(PlanarImage image, Rendition rendition) {
      return ColourConversion.pad(
          ColourConversion.flatten(ColourConversion.toRgb(image), rendition.background()),
          rendition.width(),
          rendition.height(),
          rendition.background());
    }
  }
}

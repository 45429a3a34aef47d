package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.header.JpegEntropySegment;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.raster.ColourConversion;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PartialRows;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import io.thumbnailer.imaging.raster.SrgbConversion;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Decodes JPEG. The decoders get the reduced file and return its components as they are coded. This
 * class interprets them and checks whether the image is complete.
 */
public final class JpegDecoder {
  /** Random data without a marker, used as a different ending. */
  private static final byte[] OTHER_END = otherEnd();

  private final Optional<NativeJpeg> nativeJpeg;
  private final RasterReader rasters;
  private final MemoryClaim claim;
  private final LosslessReader lossless;

  /** Decodes files that {@link NativeJpeg} does not decode, without any colour conversion. */
  @FunctionalInterface
  public interface RasterReader {
    /**
     * Reads a whole file.
     *
     * @param warnings receives the warnings of libjpeg
     */
    Raster read(byte[] file, Consumer<String> warnings) throws IOException, ImagingException;
  }

  /** Decodes a lossless JPEG (ITU T.81, annex H). */
  @FunctionalInterface
  public interface LosslessReader {
    /** Reads the whole file again. */
    PlanarImage read() throws IOException, ImagingException;
  }

  /** Reserves the memory for an image that is not scaled while its scans are read. */
  @FunctionalInterface
  public interface MemoryClaim {
    /** Throws {@link ImagingException} if the budget is smaller than that. */
    void forWholeImage() throws ImagingException;
  }

  /**
   * Creates a decoder that falls back to the given ones for files that our own does not read.
   *
   * @param claim is called before a decoder holds all coefficients of a file that was to be scaled
   */
  public JpegDecoder(
      Optional<NativeJpeg> nativeJpeg,
      RasterReader rasters,
      MemoryClaim claim,
      LosslessReader lossless) {
    this.lossless = lossless;
    this.nativeJpeg = nativeJpeg;
    this.rasters = rasters;
    this.claim = claim;
  }

  /**
   * Decodes a file.
   *
   * @param header the admitted header
   * @param profile the embedded ICC profile
   * @param denominator 1, 2, 4 or 8: the image may be reduced by this factor, rounded up
   * @throws IOException if it is of an unsupported kind, or contains nothing to show
   */
  public Decoded decode(byte[] file, ImageHeader header, Optional<byte[]> profile, int denominator)
      throws IOException, ImagingException {
    BareJpeg bare = BareJpeg.of(file);
    if (bare.isLossless()) {
      return Decoded.whole(lossless.read());
    }
    Optional<ScaledJpegDecoder.Part> part =
        denominator >= 4 ? part(bare, header, denominator) : Optional.empty();
    Optional<PlanarImage> scaled =
        part.filter(p -> !p.incomplete()).flatMap(ScaledJpegDecoder.Part::image);
    if (part.isEmpty() && bare.endIsMissing()) {
      part = part(bare, header, 8);
    }
    if (scaled.isPresent()) {
      return judged(shown(scaled.get(), bare, profile), bare, part, false);
    }
    if (denominator == 8 && bare.progressive()) {
      claim.forWholeImage();
    }
    Raw raw = raw(bare.bytes(), header, bare, profile, denominator);
    if (raw.warned && part.isEmpty()) {
      part = part(bare, header, 8);
    }
    if (part.isEmpty() && bare.endIsMissing()) {
      Raw other = raw(bare.bytes(OTHER_END, 0), header, bare, profile, denominator);
      double same = sameRows(raw.image.planes().get(0), other.image.planes().get(0));
      double arrived = bare.progressive() ? 1 : same;
      part = Optional.of(new ScaledJpegDecoder.Part(Optional.empty(), arrived, same < 1, false));
    }
    return judged(raw.image, bare, part, raw.damaged);
  }

  private static Optional<ScaledJpegDecoder.Part> part(
      BareJpeg bare, ImageHeader header, int denominator) {
    return ScaledJpegDecoder.decodePart(
        bare.bytes(new byte[0], JpegEntropySegment.ROOM), header, denominator);
  }

  /**
   * The share of rows, from the first on, that are equal in both. If a truncated file is decoded
   * with two different endings, these are the rows that the file contains.
   */
  private static double sameRows(Plane one, Plane other) {
    int same = Arrays.mismatch(one.samples(), other.samples());
    int rows = same < 0 ? one.height() : same / one.width();
    return (double) rows / one.height();
  }

  /**
   * The components of a JPEG that is part of another image.
   *
   * @param samples interleaved, 8 bits each
   * @param count number of components
   * @param arrived the share of its rows that are at least partly present
   * @param corrupt whether its data is damaged
   * @param endIsMissing whether its data does not end with a marker
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Components(
      byte[] samples,
      int width,
      int height,
      int count,
      double arrived,
      boolean corrupt,
      boolean endIsMissing) {}

  /**
   * Decodes a JPEG inside another image and ignores its own colour information.
   *
   * @param ycc whether three components are YCbCr, which are converted to red, green and blue
   */
  public Components components(byte[] file, boolean ycc) throws IOException, ImagingException {
    BareJpeg bare = BareJpeg.of(file);
    List<String> warnings = new ArrayList<>();
    Raster raster = rasters.read(bare.bytes(), warnings::add);
    int width = raster.getWidth();
    int height = raster.getHeight();
    int count = raster.getNumBands();
    byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(width, height), count)];
    if (ycc && count == 3) {
      List<Plane> rgb = ColourConversion.toRgb(planes(raster)).planes();
      for (int i = 0; i < width * height; i++) {
        for (int c = 0; c < 3; c++) {
          samples[3 * i + c] = rgb.get(c).samples()[i];
        }
      }
    } else {
      int[] row = new int[width * count];
      for (int y = 0; y < height; y++) {
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
        for (int i = 0; i < row.length; i++) {
          samples[y * row.length + i] = (byte) row[i];
        }
      }
    }
    double arrived = 1;
    boolean corrupt = JpegWarnings.areDamage(warnings, bare.endSeen());
    if (!warnings.isEmpty() || bare.endIsMissing()) {
      ImageHeader header = new ImageHeader(ImageFormat.JPEG, width, height, 1);
      Optional<ScaledJpegDecoder.Part> part = part(bare, header, 8);
      arrived = part.map(ScaledJpegDecoder.Part::arrived).orElse(1.0);
      corrupt |= bare.endSeen() && part.filter(ScaledJpegDecoder.Part::corrupt).isPresent();
    }
    return new Components(samples, width, height, count, arrived, corrupt, bare.endIsMissing());
  }

  private static byte[] otherEnd() {
    byte[] end = new byte[4096];
    new Random(1).nextBytes(end);
    for (int i = 0; i < end.length; i++) {
      end[i] = end[i] == -1 ? 1 : end[i];
    }
    return end;
  }

  /**
   * An image that a library has decoded.
   *
   * @param warned whether the library reported any warning
   * @param damaged whether a warning concerned the pixels
   */
  private record Raw(PlanarImage image, boolean warned, boolean damaged) {}

  private Raw raw(
      byte[] bytes, ImageHeader header, BareJpeg bare, Optional<byte[]> profile, int denominator)
      throws IOException, ImagingException {
    if (nativeJpeg.isPresent() && bare.components() != 4) {
      Optional<RawJpeg> raw = nativeJpeg.get().decode(bytes, header, denominator);
      if (raw.isPresent()) {
        return raw(
            shown(raw.get().image(), bare, profile), raw.get().warning().stream().toList(), bare);
      }
    }
    List<String> warnings = new ArrayList<>();
    Raster raster = rasters.read(bytes, warnings::add);
    if (raster.getWidth() != header.width() || raster.getHeight() != header.height()) {
      throw new IOException("the size differs from the header");
    }
    if (raster.getNumBands() == 4) {
      PlanarImage rgb =
          CmykConversion.toRgb(
              raster, bare.isYcc(), profile.flatMap(p -> SrgbConversion.usable(p, 4)));
      return raw(rgb, warnings, bare);
    }
    return raw(shown(planes(raster), bare, profile), warnings, bare);
  }

  private static Raw raw(PlanarImage image, List<String> warnings, BareJpeg bare) {
    boolean damaged = JpegWarnings.areDamage(warnings, bare.endSeen());
    return new Raw(image, !warnings.isEmpty(), damaged);
  }

  private static PlanarImage planes(Raster raster) throws IOException {
    int bands = raster.getNumBands();
    if (bands != 1 && bands != 3) {
      throw new IOException("a JPEG of " + bands + " components");
    }
    int width = raster.getWidth();
    int height = raster.getHeight();
    List<Plane> planes = new ArrayList<>();
    int[] row = new int[width];
    for (int band = 0; band < bands; band++) {
      byte[] samples = new byte[width * height];
      for (int y = 0; y < height; y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
        for (int x = 0; x < width; x++) {
          samples[y * width + x] = (byte) row[x];
        }
      }
      planes.add(Plane.whole(samples, width, height));
    }
    return new PlanarImage(
        bands == 1 ? PlanarImage.Colours.GRAY : PlanarImage.Colours.YCC,
        width,
        height,
        planes,
        Optional.empty());
  }

  /** Returns the image with the meaning and the profile of its components. */
  private static PlanarImage shown(PlanarImage image, BareJpeg bare, Optional<byte[]> profile) {
    boolean grey = image.planes().size() == 1;
    PlanarImage.Colours colours =
        grey
            ? PlanarImage.Colours.GRAY
            : bare.isYcc() ? PlanarImage.Colours.YCC : PlanarImage.Colours.RGB;
    return new PlanarImage(
        colours,
        image.width(),
        image.height(),
        image.planes(),
        profile
            .flatMap(p -> grey ? SrgbConversion.validForGrey(p) : SrgbConversion.valid(p, 3))
            .filter(p -> !SrgbConversion.isSrgb(p)));
  }

  /**
   * Determines what is missing. If the file simply ends, rows that did not arrive are removed, as
   * in browsers; if other data follows, they stay grey, as decoders leave them.
   */
  private static Decoded judged(
      PlanarImage image, BareJpeg bare, Optional<ScaledJpegDecoder.Part> part, boolean damaged) {
    double arrived = part.map(ScaledJpegDecoder.Part::arrived).orElse(1.0);
    boolean endsEarly = part.map(ScaledJpegDecoder.Part::incomplete).orElse(false);
    boolean detailMissing = bare.progressive() && bare.endIsMissing() && !bare.hasAllScans();
    if (!endsEarly && !detailMissing) {
      boolean corrupt =
          damaged || (bare.endSeen() && part.filter(ScaledJpegDecoder.Part::corrupt).isPresent());
      return corrupt ? new Decoded(image, 1, true, bare.endIsMissing()) : Decoded.whole(image);
    }
    if (bare.cutOff() && arrived < 1) {
      image = PartialRows.first(image, (int) (arrived * image.height()));
    }
    return new Decoded(image, arrived, true, true);
  }
}

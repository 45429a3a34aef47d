package io.thumbnailer.imaging.decode;

import io.thumbnailer.imaging.codec.BufferedImagePlanes;
import io.thumbnailer.imaging.codec.Codecs;
import io.thumbnailer.imaging.codec.bmp.BmpDecoder;
import io.thumbnailer.imaging.codec.bmp.IconDecoder;
import io.thumbnailer.imaging.codec.gif.GifDecoder;
import io.thumbnailer.imaging.codec.heif.NativeHeif;
import io.thumbnailer.imaging.codec.icns.IcnsDecoder;
import io.thumbnailer.imaging.codec.jpeg.JpegDecoder;
import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.codec.jxl.NativeJxl;
import io.thumbnailer.imaging.codec.png.PngDecoder;
import io.thumbnailer.imaging.codec.pnm.PnmDecoder;
import io.thumbnailer.imaging.codec.psd.PsdDecoder;
import io.thumbnailer.imaging.codec.tiff.TiffDecoder;
import io.thumbnailer.imaging.codec.webp.FirstFrame;
import io.thumbnailer.imaging.codec.webp.NativeWebp;
import io.thumbnailer.imaging.codec.webp.WebpDecoder;
import io.thumbnailer.imaging.header.CodedPixels;
import io.thumbnailer.imaging.header.DeadlineInput;
import io.thumbnailer.imaging.header.ImageDescription;
import io.thumbnailer.imaging.header.WebpFrame;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarImage;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes the first frame of an image as stored: without orientation and conversion to sRGB. */
public final class Decoder {
  /**
   * How much larger than the largest thumbnail an image must be after a scaled decode. Scaling in
   * the decoder aliases details that are finer than its result can show into false rings and
   * stripes. With this margin, the resampler removes most of them. libjpeg-turbo's scaled decode at
   * 1/2 needs a smaller margin than our own decoder at 1/4, which skips more coefficients.
   */
  private static final double ROOM_AT_HALF = 1.1;

  private static final double ROOM_AT_QUARTER = 1.25;
  private static final double ROOM_AT_EIGHTH = 1.75;

  /** A scaled decode halves the resolution of subsampled chroma too. */
  private static final double ROOM_FOR_FULL_CHROMA = 1.75;

  /**
   * Means of blocks are of lower quality than the resampler, which therefore has to do the rest.
   */
  private static final double ROOM_FOR_MEANS = 2;

  /**
   * From this number of pixels on, an image is not held in memory as a whole if that can be
   * avoided.
   */
  private static final long LARGE = 16_000_000;

  private final Duration limit;
  private final Optional<NativeJpeg> nativeJpeg;
  private final Optional<NativeWebp> nativeWebp = NativeWebp.find();
  private final DecodeThread threads = new DecodeThread();

  public Decoder(Duration limit, Optional<NativeJpeg> nativeJpeg) {
    this.limit = limit;
    this.nativeJpeg = nativeJpeg;
  }

  /** Whether libjpeg-turbo decodes JPEG. */
  public boolean nativeJpeg() {
    return nativeJpeg.isPresent();
  }

  /** The number of decoders that are still running although they exceeded their time limit. */
  public int abandoned() {
    return threads.abandoned();
  }

  /**
   * Returns the largest denominator by which a decoder can scale and still leave enough margin.
   *
   * @param scale of the largest thumbnail relative to the image
   * @param fullChroma whether a thumbnail keeps colour at full resolution
   * @param nativeJpeg whether the machine has libjpeg-turbo
   * @return 1, 2, 4 or 8: the image is decoded at one over this of its size
   */
  public static int denominator(
      ImageDescription image, double scale, boolean fullChroma, boolean nativeJpeg) {
    if (image.pixels().format() != ImageFormat.JPEG) {
      return meansOf(image, scale);
    }
    // Decoders never scale images with four channels.
    if (image.metadata().channels() != 4) {
      for (int denominator = 8; denominator > 1; denominator /= 2) {
        double room = fullChroma ? ROOM_FOR_FULL_CHROMA : room(denominator);
        if (scale * denominator * room <= 1 && (denominator >= 4 || nativeJpeg)) {
          return denominator;
        }
      }
    }
    return 1;
  }

  /** The side of the blocks whose means are sufficient for a very large image. */
  private static int meansOf(ImageDescription image, double scale) {
    int denominator = 8;
    boolean wanted = image.pixels().heldPerPixel() >= 0 && image.header().pixels() >= LARGE;
    while (denominator > 1 && !(wanted && scale * denominator * ROOM_FOR_MEANS <= 1)) {
      denominator /= 2;
    }
    return denominator;
  }

  private static double room(int denominator) {
    return switch (denominator) {
      case 8 -> ROOM_AT_EIGHTH;
      case 4 -> ROOM_AT_QUARTER;
      default -> ROOM_AT_HALF;
    };
  }

  /** Returns the maximum memory for decoding, in bytes, unless the file turns out to be unusual. */
  public static long memory(ImageDescription image, long fileBytes, int denominator) {
    return DecodeMemory.estimate(image, fileBytes, denominator);
  }

  /** Decodes an image; the memory stays reserved until the decoder has ended. */
  public DecodedImage decode(
      Path file, ImageDescription image, int denominator, DecodeMemoryBudget.Grant memory)
      throws ImagingException, InterruptedException {
    try (DeadlineInput input = new DeadlineInput(file, limit)) {
      Abortable decode = new Abortable(memory);
      try {
        Decoded decoded =
            threads.run(limit, memory, () -> decode.run(input, image, denominator), decode::abort);
        return new DecodedImage(decoded.image(), DamagePolicy.check(decoded));
      } catch (TimeoutException e) {
        throw tooSlow(e);
      } catch (ExecutionException e) {
        throw failure(e.getCause(), input);
      }
    } catch (IOException e) {
      throw unreadable("the image cannot be read", e);
    }
  }

  private ImagingException failure(Throwable cause, DeadlineInput input) {
    if (cause instanceof ImagingException e) {
      return e;
    }
    if (cause instanceof EOFException) {
      return new ImagingException(
          ImagingException.Reason.TRUNCATED_IMAGE,
          "the file ends before the image's pixels",
          cause);
    }
    if (cause instanceof OutOfMemoryError) {
      // Another attempt may find more memory: other work, not the file, may be the cause.
      throw new IllegalStateException("not enough memory to decode the image", cause);
    }
    return input.expired()
        ? tooSlow(cause)
        : unreadable("the image's pixels cannot be read", cause);
  }

  private ImagingException tooSlow(Throwable cause) {
    return unreadable("the image takes longer than %s to decode".formatted(limit), cause);
  }

  private static ImagingException unreadable(String detail, Throwable cause) {
    return new ImagingException(ImagingException.Reason.UNREADABLE_IMAGE, detail, cause);
  }

  /** A call to an image reader. */
  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  /** A decode that runs on its own thread. */
  private final class Abortable {
    private final DecodeMemoryBudget.Grant memory;
    private volatile ImageReader reader;
    private volatile boolean aborted;

    Abortable(DecodeMemoryBudget.Grant memory) {
      this.memory = memory;
    }

    Decoded run(DeadlineInput file, ImageDescription image, int denominator)
        throws IOException, ImagingException {
      CodedPixels pixels = image.pixels();
      Optional<byte[]> profile = image.metadata().profile();
      ImageInputStream input = pixels.open(file);
      input.seek(0);
      ImageHeader header =
          new ImageHeader(
              pixels.format(), pixels.width(), pixels.height(), image.header().orientation());
      return switch (header.format()) {
        case JPEG -> jpeg(input, image, header, denominator);
        case PNG -> PngDecoder.decode(input, header, profile, denominator);
        case GIF -> GifDecoder.decode(input, header, denominator);
        case BMP -> BmpDecoder.decode(input, header, denominator);
        case ICO -> IconDecoder.decode(input, header);
        case PSD -> PsdDecoder.decode(input, header, denominator);
        case PNM -> PnmDecoder.decode(input, header, denominator);
        case WEBP ->
            nativeWebp.isPresent()
                ? new WebpDecoder(nativeWebp.get()).decode(input, header, profile, denominator)
                : Decoded.whole(webp(input, header, profile));
        case TIFF -> {
          JpegDecoder jpegs =
              new JpegDecoder(
                  nativeJpeg,
                  this::readRaster,
                  () -> {},
                  () -> {
                    throw new IOException("a JPEG without loss inside");
                  });
          Optional<TiffDecoder> decoder = TiffDecoder.of(input, jpegs);
          if (decoder.isPresent()) {
            yield decoder.get().decode(header, denominator);
          }
          growToFull(image, input.length());
          yield Decoded.whole(others(input, header, profile));
        }
        case HEIC, AVIF -> Decoded.whole(heif(input, header, pixels));
        case JXL -> jxl(input, header, pixels);
        case ICNS -> {
          Optional<Decoded> icon = IcnsDecoder.decode(input, header);
          yield icon.isPresent() ? icon.get() : Decoded.whole(others(input, header, profile));
        }
      };
    }

    private static PlanarImage heif(ImageInputStream input, ImageHeader header, CodedPixels pixels)
        throws IOException {
      long admitted = header.pixels() + pixels.workingBytes() / pixels.bytesPerPixel();
      byte[] bytes = new byte[Math.toIntExact(input.length())];
      input.readFully(bytes); // through the input, which has a deadline
      return NativeHeif.find()
          .orElseThrow(() -> new IOException("there is no libheif"))
          .decode(bytes, header, admitted);
    }

    private static Decoded jxl(ImageInputStream input, ImageHeader header, CodedPixels pixels)
        throws IOException {
      byte[] bytes = new byte[Math.toIntExact(input.length())];
      input.readFully(bytes); // through the input, which has a deadline
      return NativeJxl.find()
          .orElseThrow(() -> new IOException("there is no libjxl"))
          .decode(bytes, header, pixels.bytesPerPixel());
    }

    private Decoded jpeg(
        ImageInputStream input, ImageDescription image, ImageHeader header, int denominator)
        throws IOException, ImagingException {
      byte[] bytes = new byte[Math.toIntExact(input.length())];
      input.readFully(bytes); // through the input, which has a deadline
      return new JpegDecoder(
              nativeJpeg,
              (file, warnings) -> {
                growToFull(image, bytes.length);
                return readRaster(file, warnings);
              },
              () -> grow(DecodeMemory.estimate(image, bytes.length, 4)),
              () -> {
                growToFull(image, bytes.length);
                return others(input, header, Optional.empty());
              })
          .decode(bytes, header, image.metadata().profile(), denominator);
    }

    private Raster readRaster(byte[] file, Consumer<String> warnings) throws IOException {
      ImageReader jdk = Codecs.jdkJpeg();
      jdk.addIIOReadWarningListener((source, warning) -> warnings.accept(warning));
      try (ImageInputStream bytes =
          new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
        return read(jdk, bytes, true, reader -> reader.readRaster(0, null));
      }
    }

    private PlanarImage webp(ImageInputStream input, ImageHeader header, Optional<byte[]> profile)
        throws IOException {
      WebpFrame.requireWhole(input, header);
      if (!WebpFrame.animated(input, header)) {
        return BufferedImagePlanes.split(webpStill(input), profile);
      }
      FirstFrame frame = FirstFrame.of(input);
      try (ImageInputStream still =
          new MemoryCacheImageInputStream(new ByteArrayInputStream(frame.file()))) {
        return BufferedImagePlanes.split(frame.onCanvas(webpStill(still), header), profile);
      }
    }

    /** Decodes a still WebP without the machine's libwebp. */
    private BufferedImage webpStill(ImageInputStream input) throws IOException {
      try {
        return read(Codecs.nativeWebp(), input, true, reader -> reader.read(0));
      } catch (IOException | RuntimeException | LinkageError e) {
        // not even one in the plug-in, or a file that it does not read
        return read(Codecs.reader(ImageFormat.WEBP), input, true, reader -> reader.read(0));
      }
    }

    private PlanarImage others(ImageInputStream input, ImageHeader header, Optional<byte[]> profile)
        throws IOException {
      ImageReader pure = Codecs.reader(header.format());
      BufferedImage frame =
          header.format().manySizes()
              ? read(pure, input, false, reader -> reader.read(Codecs.largest(reader)))
              : read(pure, input, true, reader -> admitted(reader, header).read(0));
      return BufferedImagePlanes.split(frame, profile);
    }

    /** A kind of JPEG that no decoder can scale needs more memory than was reserved. */
    private void growToFull(ImageDescription image, long bytes) throws ImagingException {
      grow(DecodeMemory.estimate(image, bytes, 1));
    }

    private void grow(long bytes) throws ImagingException {
      if (!memory.tryGrow(bytes)) {
        throw new OutOfMemoryError("other decodes hold the memory");
      }
    }

    /** Our own code read the header, and a reader may interpret it differently. */
    private static ImageReader admitted(ImageReader reader, ImageHeader header) throws IOException {
      if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
        throw new IOException("the size differs from the header");
      }
      return reader;
    }

    private <T> T read(
        ImageReader candidate, ImageInputStream input, boolean forwardOnly, Reading<T> reading)
        throws IOException {
      reader = candidate;
      try {
        if (aborted) {
          throw new IOException("aborted");
        }
        input.seek(0);
        candidate.setInput(input, forwardOnly, true);
        return reading.from(candidate);
      } finally {
        candidate.dispose();
      }
    }

    void abort() {
      aborted = true;
      ImageReader current = reader;
      if (current != null) {
        current.abort();
      }
    }
  }
}

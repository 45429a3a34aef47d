package io.thumbnailer.imaging.codec.heif;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.thumbnailer.imaging.header.HeifPrimary;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Alpha;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import java.awt.color.ICC_Profile;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decodes HEIC and AVIF with libheif and its decoders, if the machine has them. The primary image
 * is decoded, rotated, mirrored and cropped as the file states ({@code irot}, {@code imir}, {@code
 * clap}). EXIF orientation is ignored in these formats. Thread-safe.
 */
public final class NativeHeif {
  private static final System.Logger LOG = System.getLogger(NativeHeif.class.getName());
  private static final List<String> NAMES = List.of("libheif.so.1", "heif");

  /** The least limit for the sides of grids and tiles, in pixels; libheif requires fewer pixels. */
  private static final int MAX_SIDE = 4096;

  /** The limit for images that are not decoded, which may be larger than the primary image. */
  private static final int MAX_SIDE_OF_OTHERS = 1 << 16;

  private static final Optional<NativeHeif> FOUND = search();

  private final HeifLibrary library;
  private final String name;
  private final Set<ImageFormat> formats;
  private final Optional<AvifEncoder> avifEncoder;

  private NativeHeif(HeifLibrary library, String name, Set<ImageFormat> formats) {
    this.library = library;
    this.name = name;
    this.formats = formats;
    this.avifEncoder =
        library.heif_have_encoder_for_format(HeifLibrary.AV1) != 0
            ? Optional.of(new AvifEncoder(library))
            : Optional.empty();
  }

  /**
   * Returns the library if the machine has it; it is searched only once, and the result is logged.
   */
  public static Optional<NativeHeif> find() {
    return FOUND;
  }

  /** The library's file and version. */
  public String library() {
    return name;
  }

  /** The formats for which the library has a decoder. */
  public Set<ImageFormat> formats() {
    return formats;
  }

  /** The AVIF encoder, if the library has one. */
  public Optional<AvifEncoder> avifEncoder() {
    return avifEncoder;
  }

  private static Optional<NativeHeif> search() {
    for (String file : NAMES) {
      try {
        HeifLibrary library = Native.load(file, HeifLibrary.class);
        Set<ImageFormat> formats = EnumSet.noneOf(ImageFormat.class);
        if (library.heif_have_decoder_for_format(HeifLibrary.HEVC) != 0) {
          formats.add(ImageFormat.HEIC);
        }
        if (library.heif_have_decoder_for_format(HeifLibrary.AV1) != 0) {
          formats.add(ImageFormat.AVIF);
        }
        String name = file + " " + library.heif_get_version();
        NativeHeif found = new NativeHeif(library, name, formats);
        LOG.log(
            System.Logger.Level.INFO,
            found.avifEncoder.isPresent() ? "{0} decodes {1} and encodes AVIF" : "{0} decodes {1}",
            name,
            formats);
        return Optional.of(found);
      } catch (LinkageError e) {
        LOG.log(System.Logger.Level.DEBUG, "no library " + file, e);
      }
    }
    LOG.log(System.Logger.Level.INFO, "HEIC and AVIF are not supported: libheif was not found");
    return Optional.empty();
  }

  /**
   * Decodes the primary image.
   *
   * @param header the admitted header, with the displayed size; an image of another size is refused
   * @param mostPixels the admitted number of pixels, including cropped ones; a file that has more
   *     according to the library is refused before it is decoded
   */
  public PlanarImage decode(byte[] file, ImageHeader header, long mostPixels) throws IOException {
    HeifBrands.name(file);
    HeifPrimary primary = HeifPrimary.of(file);
    ReadableBoxes.in(file, primary.item());
    Pointer context = library.heif_context_alloc();
    try (Memory bytes = new Memory(Math.max(1, file.length))) {
      bytes.write(0, file, 0, file.length);
      library.heif_context_set_maximum_image_size_limit(context, MAX_SIDE_OF_OTHERS);
      library.heif_context_set_max_decoding_threads(context, 0); // in this thread
      check(
          library.heif_context_read_from_memory_without_copy(
              context, bytes, new NativeLong(file.length), null));
      PointerByReference handle = new PointerByReference();
      check(library.heif_context_get_primary_image_handle(context, handle));
      try {
        requireAdmitted(handle.getValue(), mostPixels);
        library.heif_context_set_maximum_image_size_limit(
            context, 1 + Math.max(MAX_SIDE, Math.max(header.width(), header.height())));
        return decode(handle.getValue(), primary, header);
      } finally {
        library.heif_image_handle_release(handle.getValue());
      }
    } finally {
      library.heif_context_free(context);
    }
  }

  /**
   * Checks the size before decoding. If a file states the size after the transformations, libheif
   * 1.15 returns the size without them here.
   */
  private void requireAdmitted(Pointer handle, long mostPixels) throws IOException {
    long width = library.heif_image_handle_get_width(handle);
    long height = library.heif_image_handle_get_height(handle);
    if (width * height > mostPixels + width + height) {
      throw new IOException("an image of %d x %d inside".formatted(width, height));
    }
  }

  private PlanarImage decode(Pointer handle, HeifPrimary primary, ImageHeader header)
      throws IOException {
    boolean alpha = library.heif_image_handle_has_alpha_channel(handle) != 0;
    PointerByReference image = new PointerByReference();
    boolean whole = false;
    HeifLibrary.HeifError error = decode(handle, alpha, whole, image);
    if (error.code == HeifLibrary.UNSUPPORTED_FEATURE) {
      whole = true;
      error = decode(handle, alpha, whole, image);
    }
    check(error);
    try {
      PlanarImage decoded = new Rows(handle, image.getValue(), alpha, primary).read();
      if (whole) {
        decoded = TransformedImage.of(decoded, primary.transforms());
      }
      decoded = TransformedImage.of(decoded, primary.transformsOfCopies());
      requireSize(header, decoded.width(), decoded.height());
      return decoded;
    } finally {
      library.heif_image_release(image.getValue());
    }
  }

  /**
   * Decodes to 8 bits per sample.
   *
   * @param whole whether the transformations of the file are left out
   */
  private HeifLibrary.HeifError decode(
      Pointer handle, boolean alpha, boolean whole, PointerByReference image) {
    int chroma = alpha ? HeifLibrary.CHROMA_RGBA : HeifLibrary.CHROMA_RGB;
    Pointer options = library.heif_decoding_options_alloc();
    try {
      options.setByte(HeifLibrary.IGNORE_TRANSFORMATIONS, (byte) (whole ? 1 : 0));
      options.setByte(HeifLibrary.CONVERT_HDR_TO_8BIT, (byte) 1);
      return library.heif_decode_image(handle, image, HeifLibrary.COLORSPACE_RGB, chroma, options);
    } finally {
      library.heif_decoding_options_free(options);
    }
  }

  /** Checks the size; a clean aperture may be rounded either way. */
  private static void requireSize(ImageHeader header, int width, int height) throws IOException {
    if (Math.abs(width - header.width()) > 1 || Math.abs(height - header.height()) > 1) {
      throw new IOException("an embedded image of %d x %d".formatted(width, height));
    }
  }

  static void check(HeifLibrary.HeifError error) throws IOException {
    if (error.code != 0) {
      String message = error.message == null ? "error " + error.code : error.message.getString(0);
      throw error.subcode == HeifLibrary.END_OF_DATA
          ? new EOFException(message)
          : new IOException(message);
    }
  }

  /** Copies the interleaved rows of the decoded image into planes. */
  private final class Rows {
    private final Pointer samples;
    private final int stride;
    private final int width;
    private final int height;
    private final int channels;
    private final boolean premultiplied;
    private final HeifPrimary primary;
    private final Optional<ICC_Profile> profile;
    private final List<byte[]> planes = new ArrayList<>();

    Rows(Pointer handle, Pointer image, boolean alpha, HeifPrimary primary) throws IOException {
      IntByReference rowBytes = new IntByReference();
      this.samples =
          library.heif_image_get_plane_readonly(image, HeifLibrary.CHANNEL_INTERLEAVED, rowBytes);
      this.stride = rowBytes.getValue();
      this.width = library.heif_image_get_width(image, HeifLibrary.CHANNEL_INTERLEAVED);
      this.height = library.heif_image_get_height(image, HeifLibrary.CHANNEL_INTERLEAVED);
      this.channels = alpha ? 4 : 3;
      this.primary = primary;
      this.premultiplied = library.heif_image_handle_is_premultiplied_alpha(handle) != 0;
      this.profile = new HeifColours(library).profile(handle, image);
      if (samples == null || stride < width * channels) {
        throw new IOException("no pixels");
      }
    }

    PlanarImage read() {
      for (int i = 0; i < channels; i++) {
        planes.add(new byte[width * height]);
      }
      byte[] row = new byte[stride];
      int[] values = new int[channels];
      for (int y = 0; y < height; y++) {
        samples.read((long) y * stride, row, 0, stride);
        for (int x = 0; x < width; x++) {
          for (int c = 0; c < channels; c++) {
            int value = row[x * channels + c] & 0xFF;
            boolean limited = c == 3 ? primary.limitedAlpha() : primary.limitedGrey();
            values[c] = limited ? expanded(value) : value;
          }
          put(y * width + x, values);
        }
      }
      return new PlanarImage(
          channels == 4 ? PlanarImage.Colours.RGBA : PlanarImage.Colours.RGB,
          width,
          height,
          planes.stream().map(p -> Plane.whole(p, width, height)).toList(),
          profile);
    }

    /** Expands 16 to 235 to the whole range, which libheif 1.15 does only for colours. */
    private static int expanded(int value) {
      return Math.max(0, Math.min(255, Math.round((value - 16) * 255 / 219f)));
    }

    private void put(int at, int[] values) {
      int alpha = channels == 4 ? values[3] : 255;
      for (int c = 0; c < 3; c++) {
        planes.get(c)[at] =
            alpha == 255 || premultiplied ? (byte) values[c] : Alpha.multiplied(values[c], alpha);
      }
      if (channels == 4) {
        planes.get(3)[at] = (byte) alpha;
      }
    }
  }
}

package io.thumbnailer.imaging.codec.heif;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.thumbnailer.imaging.raster.Alpha;
import io.thumbnailer.imaging.raster.ColourConversion;
import io.thumbnailer.imaging.raster.PlanarImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Encodes AVIF with libheif and its AV1 encoder: 8 bits, 4:2:0, sRGB, with alpha. Thread-safe; it
 * encodes in the calling thread.
 */
public final class AvifEncoder {
  /**
   * The speed of libaom, 0 to 9: at lower speeds a thumbnail takes several times as long for a
   * saving of few bytes.
   */
  private static final String SPEED = "8";

  private static final int SAMPLE_BITS = 8;

  private final HeifLibrary library;

  AvifEncoder(HeifLibrary library) {
    this.library = library;
  }

  /**
   * Encodes an image whose colours are premultiplied by alpha.
   *
   * @param quality 1 to 100
   */
  public byte[] encode(PlanarImage image, int quality) throws IOException {
    Pointer context = library.heif_context_alloc();
    try {
      PointerByReference encoder = new PointerByReference();
      NativeHeif.check(
          library.heif_context_get_encoder_for_format(context, HeifLibrary.AV1, encoder));
      try {
        NativeHeif.check(library.heif_encoder_set_lossy_quality(encoder.getValue(), quality));
        // Only libaom has these parameters; another encoder uses its defaults.
        library.heif_encoder_set_parameter(encoder.getValue(), "speed", SPEED);
        library.heif_encoder_set_parameter(encoder.getValue(), "threads", "1");
        encode(context, ColourConversion.toRgb(image), encoder.getValue());
      } finally {
        library.heif_encoder_release(encoder.getValue());
      }
      return written(context);
    } finally {
      library.heif_context_free(context);
    }
  }

  private void encode(Pointer context, PlanarImage image, Pointer encoder) throws IOException {
    int chroma = image.hasAlpha() ? HeifLibrary.CHROMA_RGBA : HeifLibrary.CHROMA_RGB;
    PointerByReference created = new PointerByReference();
    NativeHeif.check(
        library.heif_image_create(
            image.width(), image.height(), HeifLibrary.COLORSPACE_RGB, chroma, created));
    Pointer pixels = created.getValue();
    try {
      NativeHeif.check(
          library.heif_image_add_plane(
              pixels, HeifLibrary.CHANNEL_INTERLEAVED, image.width(), image.height(), SAMPLE_BITS));
      copy(image, pixels);
      PointerByReference handle = new PointerByReference();
      NativeHeif.check(library.heif_context_encode_image(context, pixels, encoder, null, handle));
      library.heif_image_handle_release(handle.getValue());
    } finally {
      library.heif_image_release(pixels);
    }
  }

  private void copy(PlanarImage image, Pointer pixels) {
    IntByReference stride = new IntByReference();
    Pointer rows = library.heif_image_get_plane(pixels, HeifLibrary.CHANNEL_INTERLEAVED, stride);
    int channels = image.planes().size();
    byte[] alpha = image.hasAlpha() ? image.planes().get(3).samples() : null;
    byte[] row = new byte[image.width() * channels];
    for (int y = 0; y < image.height(); y++) {
      for (int c = 0; c < channels; c++) {
        byte[] samples = image.planes().get(c).samples();
        for (int x = 0; x < image.width(); x++) {
          int at = y * image.width() + x;
          row[x * channels + c] =
              alpha == null || c == 3 ? samples[at] : Alpha.divided(samples[at], alpha[at]);
        }
      }
      rows.write((long) y * stride.getValue(), row, 0, row.length);
    }
  }

  private byte[] written(Pointer context) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream(16 * 1024);
    try (Memory empty = new Memory(1)) {
      empty.setByte(0, (byte) 0);
      HeifLibrary.HeifWriter writer = new HeifLibrary.HeifWriter();
      writer.apiVersion = 1;
      writer.write =
          (ignored, bytes, size, data) -> {
            file.writeBytes(bytes.getByteArray(0, size.intValue()));
            HeifLibrary.HeifError success = new HeifLibrary.HeifError();
            success.message = empty;
            return success;
          };
      NativeHeif.check(library.heif_context_write(context, writer, null));
    }
    return file.toByteArray();
  }
}

package io.thumbnailer.imaging.decode;

import io.thumbnailer.imaging.header.CodedPixels;
import io.thumbnailer.imaging.header.ImageDescription;
import io.thumbnailer.imaging.model.ImageFormat;

/** How much memory a decode may take at its peak, from what the header tells. */
final class DecodeMemory {
  private static final long FIXED = 1 << 20;

  private DecodeMemory() {}

  /**
   * An upper bound in bytes.
   *
   * @param fileBytes the encoded size; JPEG is read whole and copied, WebP likewise
   * @param denominator the fraction that the decoder itself scales by
   */
  static long estimate(ImageDescription image, long fileBytes, int denominator) {
    CodedPixels coded = image.pixels();
    boolean scaled = coded.format() == ImageFormat.JPEG && denominator > 1;
    // A progressive file's coefficients are not scaled.
    long perPixel = scaled ? 6 + 6 / (denominator * denominator) : coded.bytesPerPixel();
    long pixels = Math.max(image.header().pixels(), (long) coded.width() * coded.height());
    long profile = image.metadata().profile().map(p -> p.length).orElse(0);
    return FIXED + 2 * fileBytes + 4 * profile + perPixel * pixels + coded.workingBytes();
  }
}

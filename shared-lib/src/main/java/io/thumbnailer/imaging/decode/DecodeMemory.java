package io.thumbnailer.imaging.decode;

import io.thumbnailer.imaging.codec.png.PngDecoder;
import io.thumbnailer.imaging.header.CodedPixels;
import io.thumbnailer.imaging.header.ImageDescription;
import io.thumbnailer.imaging.model.ImageFormat;

/** How much memory a decode may take at its peak, from what the header tells. */
final class DecodeMemory {
  private static final long FIXED = 1 << 20;

  /** Sums and means of up to four channels, or planes twice, native and in the heap. */
  private static final long SCALED_BYTES = 12;

  /** Rows on their way, for each pixel of one. */
  private static final long ROW_BYTES = 64;

  /** Of a pixel with four samples of 16 bits. */
  private static final long PNG_ROWS = 8;

  private DecodeMemory() {}

  /**
   * An upper bound in bytes.
   *
   * @param fileBytes the encoded size, which some decoders read whole and copy
   * @param denominator the fraction that the decoder itself scales by
   */
  static long estimate(ImageDescription image, long fileBytes, int denominator) {
    CodedPixels coded = image.pixels();
    long pixels = Math.max(image.header().pixels(), (long) coded.width() * coded.height());
    long decoded = pixels * coded.bytesPerPixel();
    if (denominator > 1 && coded.heldPerPixel() >= 0) {
      long blocks = (long) denominator * denominator;
      decoded = pixels * held(coded, denominator) + (pixels * SCALED_BYTES + blocks - 1) / blocks;
    }
    long profile = image.metadata().profile().map(p -> p.length).orElse(0);
    return FIXED
        + copies(coded.format()) * fileBytes
        + 4 * profile
        + decoded
        + ROW_BYTES * coded.width()
        + inflatedAtOnce(coded.format(), pixels, fileBytes)
        + coded.workingBytes();
  }

  /** At an eighth, our own decoder of JPEG needs none of the coefficients of other scans. */
  private static int held(CodedPixels coded, int denominator) {
    return coded.format() == ImageFormat.JPEG && denominator == 8 ? 0 : coded.heldPerPixel();
  }

  /** What a native library takes for a small PNG: the rows, and what they are inflated from. */
  private static long inflatedAtOnce(ImageFormat format, long pixels, long fileBytes) {
    return format == ImageFormat.PNG
        ? Math.min(PNG_ROWS * pixels, PngDecoder.MOST_AT_ONCE)
            + Math.min(fileBytes, PngDecoder.MOST_AT_ONCE)
        : 0;
  }

  private static int copies(ImageFormat format) {
    return switch (format) {
      case PNG, GIF, BMP, PNM, PSD, TIFF -> 0; // read row by row
      default -> 2;
    };
  }
}

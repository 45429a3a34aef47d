package io.thumbnailer.imaging.decode;

import io.thumbnailer.imaging.codec.png.PngDecoder;
import io.thumbnailer.imaging.header.CodedPixels;
import io.thumbnailer.imaging.header.ImageDescription;
import io.thumbnailer.imaging.model.ImageFormat;

/** Estimates the peak memory of a decode from an image's header. */
final class DecodeMemory {
  private static final long FIXED = 1 << 20;

  /**
   * For the sums and means of up to four channels, or for planes that exist both in native memory
   * and in the heap.
   */
  private static final long SCALED_BYTES = 12;

  /** For rows that are being processed, per pixel of a row. */
  private static final long ROW_BYTES = 64;

  /** Bytes of a pixel with four samples of 16 bits. */
  private static final long PNG_ROWS = 8;

  private DecodeMemory() {}

  /**
   * Returns an upper bound in bytes.
   *
   * @param fileBytes the encoded size; some decoders read the whole file and copy it
   * @param denominator the image is decoded at one over this of its size
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

  /** At 1/8, our own JPEG decoder needs none of the coefficients of other scans. */
  private static int held(CodedPixels coded, int denominator) {
    return coded.format() == ImageFormat.JPEG && denominator == 8 ? 0 : coded.heldPerPixel();
  }

  /** The memory of a native library for a small PNG: the rows, and the compressed data. */
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

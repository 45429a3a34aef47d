package io.thumbnailer.imaging.decode;

import io.thumbnailer.imaging.model.ImageHeader;

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
  static long estimate(ImageHeader header, long fileBytes, int denominator) {
    long perPixel =
        switch (header.format()) {
          // planes twice (native and heap); a progressive file's coefficients are not scaled
          case JPEG -> denominator > 1 ? 6 + 6 / (denominator * denominator) : 14;
          case PNG, PNM -> 14; // 16 bits times four, the planes, and rows on their way
          case GIF, BMP -> 8;
          case WEBP, ICO, ICNS -> 12; // native or a frame's copy, and the planes
          case TIFF, PSD -> 16; // 16 bits times four, a strip or channel, and the planes
        };
    return FIXED + 2 * fileBytes + perPixel * header.pixels();
  }
}

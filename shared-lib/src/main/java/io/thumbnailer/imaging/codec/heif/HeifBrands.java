package io.thumbnailer.imaging.codec.heif;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The brands of a file (ISO/IEC 14496-12, 4.3). libheif reads only files that list a brand for
 * still images. Files of sequences may contain a still image without listing such a brand.
 */
final class HeifBrands {
  private static final Set<String> STILL = Set.of("mif1", "heic", "heix", "avif");
  private static final String ANY_STILL = "mif1";

  /** The offset of the compatible brands, after the major brand and its version. */
  private static final int COMPATIBLE = 16;

  private HeifBrands() {}

  /** Replaces a brand with one for still images if the file lists none of those. */
  static void name(byte[] file) {
    int end = file.length < COMPATIBLE ? 0 : (file[2] & 0xFF) << 8 | (file[3] & 0xFF);
    if (end > file.length || end < COMPATIBLE + 4) {
      return;
    }
    for (int at = COMPATIBLE; at + 4 <= end; at += 4) {
      byte[] brand = Arrays.copyOfRange(file, at, at + 4);
      if (STILL.contains(new String(brand, StandardCharsets.ISO_8859_1))) {
        return;
      }
    }
    byte[] still = ANY_STILL.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(still, 0, file, COMPATIBLE, still.length);
  }
}

package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Detects a camera raw file, which is a TIFF, by its first directory. That directory describes a
 * small preview, which must not be shown as the image.
 */
final class RawPhoto {
  private static final int NEW_SUBFILE_TYPE = 254;
  private static final int PHOTOMETRIC = 262;
  private static final int MAKE = 271;
  private static final int SUB_DIRECTORIES = 330;
  private static final int DNG_VERSION = 50706;
  private static final int COLOUR_FILTER_ARRAY = 32803;
  private static final int LINEAR_RAW = 34892;

  private static final Map<String, String> MAKES =
      Map.of(
          "NIKON", "NEF",
          "SONY", "ARW",
          "PENTAX", "PEF",
          "SAMSUNG", "SRW",
          "HASSELBLAD", "3FR",
          "PHASE ONE", "IIQ",
          "EPSON", "ERF",
          "KODAK", "DCR",
          "EASTMAN KODAK", "DCR");

  private RawPhoto() {}

  static void refuse(TiffDirectory page) throws UnsupportedFormatException, IOException {
    long photometric = page.number(PHOTOMETRIC, 0);
    boolean sensor = photometric == COLOUR_FILTER_ARRAY || photometric == LINEAR_RAW;
    boolean preview = (page.number(NEW_SUBFILE_TYPE, 0) & 1) == 1 && page.has(SUB_DIRECTORIES);
    if (page.has(DNG_VERSION) && (sensor || preview)) {
      throw new UnsupportedFormatException("DNG");
    }
    if (!sensor && !page.has(SUB_DIRECTORIES)) {
      return;
    }
    String make = page.text(MAKE).toUpperCase(Locale.ROOT);
    for (Map.Entry<String, String> known : MAKES.entrySet()) {
      if (make.startsWith(known.getKey()) && (sensor || preview)) {
        throw new UnsupportedFormatException(known.getValue());
      }
    }
    if (sensor) {
      throw new UnsupportedFormatException("RAW");
    }
  }
}

package io.thumbnailer.imaging.header;

import io.thumbnailer.imaging.model.ImageFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Identifies an image's format by its first bytes, and by nothing else. */
public final class FormatSniffer {
  /** The number of bytes that are needed. */
  public static final int PREFIX_BYTES = 512;

  private FormatSniffer() {}

  public static Optional<ImageFormat> sniff(byte[] prefix) {
    return Arrays.stream(ImageFormat.values()).filter(f -> matches(f, prefix)).findFirst();
  }

  private static boolean matches(ImageFormat format, byte[] b) {
    return switch (format) {
      case JPEG -> starts(b, 0, 0xFF, 0xD8, 0xFF);
      case PNG -> starts(b, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A);
      case GIF -> ascii(b, 0, "GIF87a") || ascii(b, 0, "GIF89a");
      case WEBP -> ascii(b, 0, "RIFF") && ascii(b, 8, "WEBP");
      case TIFF -> // and BigTIFF
          starts(b, 0, 'I', 'I', 42, 0)
              || starts(b, 0, 'M', 'M', 0, 42)
              || starts(b, 0, 'I', 'I', 43, 0)
              || starts(b, 0, 'M', 'M', 0, 43);
      case BMP -> ascii(b, 0, "BM") && b.length > 15 && isDibHeader((b[14] & 0xFF) | b[15] << 8);
      case PSD -> ascii(b, 0, "8BPS") && (starts(b, 4, 0, 1) || starts(b, 4, 0, 2));
      case PNM ->
          b.length > 2 && b[0] == 'P' && b[1] >= '1' && b[1] <= '7' && b[2] <= ' ' && b[2] > 0;
      case HEIC ->
          brand(b, "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1")
              && !brand(b, "avif", "avis");
      case AVIF -> brand(b, "avif", "avis");
      case JXL ->
          starts(b, 0, 0xFF, 0x0A)
              || starts(b, 0, 0, 0, 0, 12, 'J', 'X', 'L', ' ', 0x0D, 0x0A, 0x87, 0x0A);
      case ICNS -> ascii(b, 0, "icns");
      case ICO -> // and cursors
          (starts(b, 0, 0, 0, 1, 0) || starts(b, 0, 0, 0, 2, 0))
              && b.length > 5
              && (b[4] != 0 || b[5] != 0);
    };
  }

  /** Whether the size is one of a bitmap header. */
  private static boolean isDibHeader(int size) {
    return size == 12 || (size >= 16 && size <= 124 && size % 4 == 0);
  }

  /** Whether an ISO media file has one of the given brands (ISO/IEC 14496-12, 4.3). */
  private static boolean brand(byte[] b, String... brands) {
    if (!ascii(b, 4, "ftyp") || ascii(b, 8, "crx ")) {
      return false;
    }
    int end = Math.min(b.length, Math.min(128, (b[2] & 0xFF) << 8 | (b[3] & 0xFF)));
    for (int at = 8; at + 4 <= end; at += 4) {
      for (String brand : brands) {
        if (at != 12 && ascii(b, at, brand)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean ascii(byte[] bytes, int offset, String text) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    return bytes.length >= offset + expected.length
        && Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length);
  }

  private static boolean starts(byte[] bytes, int offset, int... expected) {
    if (bytes.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[offset + i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}

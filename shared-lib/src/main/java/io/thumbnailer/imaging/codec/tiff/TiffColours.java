package io.thumbnailer.imaging.codec.tiff;

import io.thumbnailer.imaging.raster.Inks;
import io.thumbnailer.imaging.raster.LabConversion;
import io.thumbnailer.imaging.raster.MatrixProfile;
import io.thumbnailer.imaging.raster.SrgbConversion;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.util.Optional;

/**
 * Interprets the samples of a TIFF as libvips and ImageMagick do. Floating-point red, green and
 * blue are linear light, unless the embedded profile has another curve. Floating-point grey, and
 * whole grey numbers with 32 bits or more, are grey values from 0 to 255. Numbers with 64 bits,
 * which libvips does not read, range from 0 to 1.
 */
final class TiffColours {
  private static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int SEPARATED = 5;
  private static final int CIE_LAB = 8;
  private static final int ICC_LAB = 9;

  private final int photometric;
  private final int colours;
  private final boolean alpha;
  private final boolean associated;
  private final TiffSamples samples;
  private final long[] map;
  private final Optional<ICC_Profile> profile;
  private final Inks inks;

  /** Whether floating-point numbers use the curve of their profile and are not linear. */
  private final boolean coded;

  private final double[] pixel;

  TiffColours(TiffPage page, TiffSamples samples, int count) throws IOException {
    this.samples = samples;
    long fallback = count >= 3 ? RGB : BLACK_IS_ZERO;
    int stated = (int) page.number(TiffPage.PHOTOMETRIC, fallback);
    this.photometric = stated == TiffYcc.PHOTOMETRIC ? RGB : stated; // converted while it is read
    this.colours =
        switch (photometric) {
          case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
          case RGB, CIE_LAB, ICC_LAB -> count < 3 && photometric != RGB ? 1 : 3;
          case SEPARATED -> 4;
          default -> 0;
        };
    if (colours == 0 || colours > count) {
      throw new IOException("photometric interpretation " + photometric);
    }
    this.map = photometric == PALETTE ? page.numbers(TiffPage.COLOUR_MAP) : new long[0];
    if (photometric == PALETTE && (map.length < 3 || samples.bits() > 16)) {
      throw new IOException("the palette is missing");
    }
    long[] extra = page.numbers(TiffPage.EXTRA_SAMPLES);
    // Viewers treat the first of several unspecified extra samples as alpha.
    this.alpha = count > colours;
    this.associated = extra.length > 0 && extra[0] == 1;
    byte[] icc = page.bytes(TiffPage.PROFILE);
    int components = photometric == PALETTE ? 3 : colours;
    Optional<ICC_Profile> embedded =
        photometric == CIE_LAB || photometric == ICC_LAB
            ? Optional.empty()
            : SrgbConversion.valid(icc, components);
    boolean numbers = samples.format() == 3 && photometric == RGB && colours == 3;
    Optional<ICC_Profile> linear = numbers ? embedded.flatMap(MatrixProfile::ofLinear) : embedded;
    this.coded = numbers && embedded.isPresent() && linear.isEmpty();
    this.profile = (coded ? embedded : linear).filter(p -> !SrgbConversion.isSrgb(p));
    this.inks = photometric == SEPARATED ? new Inks(profile) : null;
    this.pixel = new double[count];
  }

  /** In the resulting rows. */
  int channels() {
    boolean grey = photometric <= BLACK_IS_ZERO || (colours == 1 && photometric != PALETTE);
    return (grey ? 1 : 3) + (alpha ? 1 : 0);
  }

  /** In the resulting rows. */
  Optional<ICC_Profile> profile() {
    return photometric == SEPARATED ? Optional.empty() : profile;
  }

  /** Whether a row of RGB or grey already has the resulting form. */
  boolean plain(int count) {
    return samples.bits() == 8
        && samples.format() == 1
        && !associated
        && (photometric == RGB || photometric == BLACK_IS_ZERO)
        && count == channels();
  }

  /** Converts a row to 8-bit samples. */
  void convert(byte[] row, int width, byte[] out) {
    int channels = channels();
    for (int x = 0; x < width; x++) {
      if (photometric == PALETTE) {
        look((int) samples.raw(row, x * pixel.length), out, x * channels);
        if (alpha) {
          pixel[colours] = samples.at(row, x * pixel.length + colours);
          out[x * channels + channels - 1] = eight(opacity());
        }
        continue;
      }
      for (int c = 0; c < pixel.length; c++) {
        pixel[c] = samples.at(row, x * pixel.length + c);
      }
      double opacity = alpha ? opacity() : 1;
      if (associated && opacity > 0) {
        for (int c = 0; c < colours; c++) {
          pixel[c] = Math.min(samples.format() == 3 ? pixel[c] / opacity : 1, pixel[c] / opacity);
        }
      }
      colour(out, x * channels);
      if (alpha) {
        out[x * channels + channels - 1] = eight(opacity);
      }
    }
  }

  private double opacity() {
    double value = pixel[colours];
    return Math.max(0, Math.min(1, value));
  }

  private void look(int index, byte[] out, int to) {
    int entries = map.length / 3;
    for (int c = 0; c < 3; c++) {
      long value = index < entries ? map[c * entries + index] : 0;
      out[to + c] = (byte) (mapOfBytes() ? value : value >> 8);
    }
  }

  /**
   * Whether the palette contains 8-bit values, which some writers store in place of 16-bit ones.
   */
  private boolean mapOfBytes() {
    for (long value : map) {
      if (value > 255) {
        return false;
      }
    }
    return true;
  }

  private void colour(byte[] out, int to) {
    switch (photometric) {
      case CIE_LAB, ICC_LAB -> lab(out, to);
      case SEPARATED ->
          inks.toRgb(eight(pixel[0]), eight(pixel[1]), eight(pixel[2]), eight(pixel[3]), out, to);
      default -> {
        for (int c = 0; c < colours; c++) {
          double value = shown(pixel[c]);
          out[to + c] = eight(photometric == WHITE_IS_ZERO ? 1 - value : value);
        }
      }
    }
  }

  private double shown(double value) {
    if (coded || (samples.format() == 3 && samples.bits() == 64)) {
      return value;
    }
    if (samples.format() == 3) {
      return colours == 3 ? LabConversion.encode(value) : value / 255;
    }
    return samples.bits() >= 32 && colours == 1
        ? value * (Math.pow(2, samples.bits()) - 1) / 255
        : value;
  }

  /** Converts Lab: in ICC's coding a and b have an offset; in CIE's they are signed. */
  private void lab(byte[] out, int to) {
    double a = 0;
    double b = 0;
    double l = 100 * pixel[0];
    if (colours == 3) {
      a = axis(pixel[1]);
      b = axis(pixel[2]);
    }
    if (photometric == ICC_LAB && samples.bits() == 16) {
      l = l * 65535 / 65280;
    }
    if (colours == 1) {
      out[to] = eight(LabConversion.grey(l));
      return;
    }
    LabConversion.toSrgb(l, a, b, out, to);
  }

  private double axis(double value) {
    double steps = value * (Math.pow(2, samples.bits()) - 1) / Math.pow(2, samples.bits() - 8);
    if (photometric == ICC_LAB) {
      return steps - 128;
    }
    return steps >= 128 ? steps - 256 : steps;
  }

  private static byte eight(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value * 255)));
  }
}

package io.thumbnailer.imaging.codec.tiff;

import java.io.IOException;

/**
 * Converts YCbCr pixels with subsampled chroma to red, green and blue (TIFF 6.0, section 21). They
 * are stored in units, each with several luma samples and one sample of each chroma channel.
 */
final class TiffYcc {
  static final int PHOTOMETRIC = 6;

  private final int across;
  private final int down;
  private final double[] luma;
  private final double[] references;

  TiffYcc(TiffPage page) throws IOException {
    this(page, factor(page, 0), factor(page, 1));
  }

  private TiffYcc(TiffPage page, int across, int down) throws IOException {
    this.across = across;
    this.down = down;
    if (!isFactor(across) || !isFactor(down)) {
      throw new IOException("chroma of 1/%d x 1/%d".formatted(across, down));
    }
    this.luma = page.fractions(TiffPage.YCC_COEFFICIENTS, 0.299, 0.587, 0.114);
    this.references = page.fractions(TiffPage.YCC_REFERENCES, 0, 255, 128, 255, 128, 255);
  }

  /** Of pixels that each have chroma of their own. */
  static TiffYcc ofWholePixels(TiffPage page) throws IOException {
    return new TiffYcc(page, 1, 1);
  }

  private static int factor(TiffPage page, int index) throws IOException {
    long[] subsampling = page.numbers(TiffPage.YCC_SUBSAMPLING);
    return subsampling.length < 2 ? 2 : (int) subsampling[index];
  }

  private static boolean isFactor(int value) {
    return value == 1 || value == 2 || value == 4;
  }

  /** The number of bytes of the units for this many pixels. */
  int bytes(int width, int height) {
    int units = (width + across - 1) / across * ((height + down - 1) / down);
    return Math.multiplyExact(units, across * down + 2);
  }

  /**
   * Converts units.
   *
   * @param count number of bytes of the units that exist
   * @param out receives rows with 3 bytes per pixel
   * @return the number of rows that exist
   */
  int toRgb(byte[] units, int count, int width, int height, byte[] out) {
    int size = across * down + 2;
    int unitRow = (width + across - 1) / across * size;
    int rows = Math.min(height, count / unitRow * down);
    double[] scale = new double[3];
    for (int i = 0; i < 3; i++) {
      double range = references[2 * i + 1] - references[2 * i];
      scale[i] = range == 0 ? 1 : (i == 0 ? 255 : 127) / range;
    }
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        int unit = y / down * unitRow + x / across * size;
        double light =
            ((units[unit + y % down * across + x % across] & 0xFF) - references[0]) * scale[0];
        double blue = ((units[unit + size - 2] & 0xFF) - references[2]) * scale[1];
        double red = ((units[unit + size - 1] & 0xFF) - references[4]) * scale[2];
        double r = light + red * (2 - 2 * luma[0]);
        double b = light + blue * (2 - 2 * luma[2]);
        double g = (light - luma[0] * r - luma[2] * b) / luma[1];
        int to = 3 * (y * width + x);
        out[to] = eight(r);
        out[to + 1] = eight(g);
        out[to + 2] = eight(b);
      }
    }
    return rows;
  }

  private static byte eight(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}

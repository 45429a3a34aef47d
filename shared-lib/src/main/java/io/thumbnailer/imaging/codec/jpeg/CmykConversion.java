package io.thumbnailer.imaging.codec.jpeg;

import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import io.thumbnailer.imaging.raster.SrgbConversion;
import java.awt.color.CMMException;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Converts JPEGs with four channels: cyan, magenta, yellow and black. Adobe's programs store inks
 * inverted, and browsers, libvips and ImageMagick read all such files that way. A marker states
 * whether the first three channels are coded as luma and chroma (Adobe Technical Note 5116).
 */
public final class CmykConversion {
  private static final int STRIP_PIXELS = 1 << 18;

  private CmykConversion() {}

  /**
   * Converts to sRGB.
   *
   * @param raw four bands of bytes as in the file
   * @param ycck whether the first three bands are luma and chroma
   * @param profile of the inks
   */
  public static PlanarImage toRgb(Raster raw, boolean ycck, Optional<ICC_Profile> profile) {
    int width = raw.getWidth();
    int height = raw.getHeight();
    List<byte[]> rgb = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rgb.add(new byte[width * height]);
    }
    ColorConvertOp conversion = profile.map(SrgbConversion::fromProfile).orElse(null);
    int rows = Math.max(1, STRIP_PIXELS / width);
    byte[] inks = new byte[4 * rows * width];
    int[] row = new int[4 * width];
    for (int y = 0; y < height; y += rows) {
      int count = Math.min(rows, height - y);
      for (int i = 0; i < count; i++) {
        raw.getPixels(raw.getMinX(), raw.getMinY() + y + i, width, 1, row);
        inks(row, ycck, inks, 4 * i * width);
      }
      if (conversion == null || !convert(conversion, inks, width, count, rgb, y * width)) {
        conversion = null; // a profile that does not work is ignored
        subtract(inks, width * count, rgb, y * width);
      }
    }
    List<Plane> planes = rgb.stream().map(p -> Plane.whole(p, width, height)).toList();
    return new PlanarImage(PlanarImage.Colours.RGB, width, height, planes, Optional.empty());
  }

  /** Converts samples to inks; 255 covers the paper completely. */
  private static void inks(int[] row, boolean ycck, byte[] out, int to) {
    for (int i = 0; i < row.length; i += 4) {
      int c = row[i];
      int m = row[i + 1];
      int y = row[i + 2];
      int k = row[i + 3];
      if (ycck) {
        double blue = m - 128;
        double red = y - 128;
        m = 255 - clamp(c - 0.344136 * blue - 0.714136 * red);
        y = 255 - clamp(c + 1.772 * blue);
        c = 255 - clamp(c + 1.402 * red);
      }
      int inverted = 0xFF;
      out[to + i] = (byte) (c ^ inverted);
      out[to + i + 1] = (byte) (m ^ inverted);
      out[to + i + 2] = (byte) (y ^ inverted);
      out[to + i + 3] = (byte) (k ^ inverted);
    }
  }

  private static int clamp(double value) {
    return (int) Math.min(255, Math.max(0, value + 0.5));
  }

  private static boolean convert(
      ColorConvertOp conversion, byte[] inks, int width, int rows, List<byte[]> rgb, int to) {
    WritableRaster target = Raster.createInterleavedRaster(0, width, rows, 3, null);
    try {
      conversion.filter(
          Raster.createInterleavedRaster(
              new DataBufferByte(inks, 4 * width * rows),
              width,
              rows,
              4 * width,
              4,
              new int[] {0, 1, 2, 3},
              null),
          target);
    } catch (CMMException | IllegalArgumentException e) {
      return false;
    }
    byte[] out = ((DataBufferByte) target.getDataBuffer()).getData();
    for (int i = 0; i < width * rows; i++) {
      for (int c = 0; c < 3; c++) {
        rgb.get(c)[to + i] = out[3 * i + c];
      }
    }
    return true;
  }

  /** Converts without a profile: subtracts from white paper what each ink and black absorb. */
  private static void subtract(byte[] inks, int pixels, List<byte[]> rgb, int to) {
    for (int i = 0; i < pixels; i++) {
      int light = 255 - (inks[4 * i + 3] & 0xFF);
      for (int c = 0; c < 3; c++) {
        rgb.get(c)[to + i] = (byte) (((255 - (inks[4 * i + c] & 0xFF)) * light + 127) / 255);
      }
    }
  }
}

package io.thumbnailer.imaging.codec;

import io.thumbnailer.imaging.raster.Alpha;
import io.thumbnailer.imaging.raster.ColourConversion;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import io.thumbnailer.imaging.raster.SrgbConversion;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Converts between the images of ImageIO's readers and writers and {@link PlanarImage}. */
public final class BufferedImagePlanes {
  private BufferedImagePlanes() {}

  /**
   * Splits an image into planes.
   *
   * @param profile the profile in the file, if the reader did not apply it
   */
  public static PlanarImage split(BufferedImage image, Optional<byte[]> profile) {
    ColorModel model = image.getColorModel();
    boolean plain =
        model instanceof ComponentColorModel
            && (model.getTransferType() == DataBuffer.TYPE_BYTE
                || model.getTransferType() == DataBuffer.TYPE_USHORT)
            && (model.getNumColorComponents() == 1 || model.getNumColorComponents() == 3)
            && model.getColorSpace().getType()
                == (model.getNumColorComponents() == 1
                    ? ColorSpace.TYPE_GRAY
                    : ColorSpace.TYPE_RGB);
    if (plain) {
      return splitComponents(image, profile);
    }
    int colours = 3;
    PlanarImage converted = splitPacked(image);
    Optional<ICC_Profile> usable = profile.flatMap(p -> SrgbConversion.usable(p, colours));
    return new PlanarImage(
        converted.colours(), converted.width(), converted.height(), converted.planes(), usable);
  }

  /**
   * Splits grey or RGB images with 8 or 16 bits per channel directly, without a colour space
   * conversion.
   */
  private static PlanarImage splitComponents(BufferedImage image, Optional<byte[]> profile) {
    ColorModel model = image.getColorModel();
    int colours = model.getNumColorComponents();
    Optional<ICC_Profile> usable =
        profile
            .flatMap(p -> SrgbConversion.usable(p, colours))
            .or(() -> SrgbConversion.usable(model.getColorSpace(), colours));
    List<byte[]> bands = new ArrayList<>();
    for (int i = 0; i < model.getNumComponents(); i++) {
      bands.add(band(image.getRaster(), i, model.getTransferType() == DataBuffer.TYPE_USHORT));
    }
    int w = image.getWidth();
    int h = image.getHeight();
    if (!model.hasAlpha()) {
      return image(
          colours == 1 ? PlanarImage.Colours.GRAY : PlanarImage.Colours.RGB, w, h, bands, usable);
    }
    byte[] alpha = bands.get(colours);
    List<byte[]> rgba = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] band = bands.get(Math.min(i, colours - 1));
      if (!model.isAlphaPremultiplied() && (i == 0 || colours == 3)) {
        premultiply(band, alpha);
      }
      rgba.add(band);
    }
    rgba.add(alpha);
    // A grey profile does not fit an image of red, green and blue.
    return image(PlanarImage.Colours.RGBA, w, h, rgba, colours == 3 ? usable : Optional.empty());
  }

  private static void premultiply(byte[] band, byte[] alpha) {
    for (int i = 0; i < band.length; i++) {
      if (alpha[i] != -1) {
        band[i] = Alpha.multiplied(band[i], alpha[i]);
      }
    }
  }

  private static byte[] band(Raster raster, int band, boolean wide) {
    int w = raster.getWidth();
    int h = raster.getHeight();
    byte[] out = new byte[w * h];
    if (!wide
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && raster.getDataBuffer() instanceof java.awt.image.DataBufferByte buffer) {
      byte[] in = buffer.getData(model.getBankIndices()[band]);
      int step = model.getPixelStride();
      int start =
          buffer.getOffsets()[model.getBankIndices()[band]]
              + model.getBandOffsets()[band]
              - raster.getSampleModelTranslateY() * model.getScanlineStride()
              - raster.getSampleModelTranslateX() * step;
      for (int y = 0; y < h; y++) {
        int from = start + y * model.getScanlineStride();
        for (int x = 0, to = y * w; x < w; x++, to++, from += step) {
          out[to] = in[from];
        }
      }
      return out;
    }
    int[] row = new int[w];
    for (int y = 0; y < h; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, w, 1, band, row);
      for (int x = 0; x < w; x++) {
        out[y * w + x] = (byte) (wide ? (row[x] * 255 + 32767) / 65535 : row[x]);
      }
    }
    return out;
  }

  /**
   * Splits images with palettes, packed pixels, and colour spaces such as CMYK, which the JDK
   * converts.
   */
  private static PlanarImage splitPacked(BufferedImage image) {
    boolean transparent = image.getColorModel().hasAlpha();
    int type = transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    int w = image.getWidth();
    int h = image.getHeight();
    List<byte[]> planes = new ArrayList<>();
    for (int i = 0; i < (transparent ? 4 : 3); i++) {
      planes.add(new byte[w * h]);
    }
    // One strip at a time, so that there is no second copy of the whole image.
    int strip = Math.max(1, (1 << 20) / w);
    BufferedImage part = new BufferedImage(w, Math.min(strip, h), type);
    for (int y = 0; y < h; y += strip) {
      int rows = Math.min(strip, h - y);
      Graphics2D graphics = part.createGraphics();
      graphics.setComposite(java.awt.AlphaComposite.Src);
      graphics.drawImage(image.getSubimage(0, y, w, rows), 0, 0, null);
      graphics.dispose();
      unpack(((DataBufferInt) part.getRaster().getDataBuffer()).getData(), rows * w, planes, y * w);
    }
    return image(
        transparent ? PlanarImage.Colours.RGBA : PlanarImage.Colours.RGB,
        w,
        h,
        planes,
        Optional.empty());
  }

  private static void unpack(int[] pixels, int count, List<byte[]> planes, int to) {
    byte[] r = planes.get(0);
    byte[] g = planes.get(1);
    byte[] b = planes.get(2);
    byte[] a = planes.size() == 4 ? planes.get(3) : null;
    for (int i = 0; i < count; i++) {
      int pixel = pixels[i];
      int alpha = a == null ? 255 : pixel >>> 24;
      if (alpha == 255) {
        r[to + i] = (byte) (pixel >> 16);
        g[to + i] = (byte) (pixel >> 8);
        b[to + i] = (byte) pixel;
      } else {
        r[to + i] = Alpha.multiplied(pixel >> 16, alpha);
        g[to + i] = Alpha.multiplied(pixel >> 8, alpha);
        b[to + i] = Alpha.multiplied(pixel, alpha);
      }
      if (a != null) {
        a[to + i] = (byte) alpha;
      }
    }
  }

  private static PlanarImage image(
      PlanarImage.Colours colours, int w, int h, List<byte[]> bands, Optional<ICC_Profile> icc) {
    List<Plane> planes = bands.stream().map(band -> Plane.whole(band, w, h)).toList();
    return new PlanarImage(colours, w, h, planes, icc);
  }

  /** Joins planes to an image of type grey, 3-byte BGR or INT_ARGB, for a writer. */
  static BufferedImage join(PlanarImage image) {
    if (image.colours() == PlanarImage.Colours.GRAY) {
      BufferedImage grey =
          new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
      grey.getRaster()
          .setDataElements(0, 0, image.width(), image.height(), image.planes().get(0).samples());
      return grey;
    }
    PlanarImage rgb = ColourConversion.toRgb(image);
    byte[] r = rgb.planes().get(0).samples();
    byte[] g = rgb.planes().get(1).samples();
    byte[] b = rgb.planes().get(2).samples();
    byte[] a = rgb.hasAlpha() ? rgb.planes().get(3).samples() : null;
    BufferedImage joined =
        new BufferedImage(
            rgb.width(),
            rgb.height(),
            a == null ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    int[] pixels = ((DataBufferInt) joined.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          a == null
              ? (r[i] & 0xFF) << 16 | (g[i] & 0xFF) << 8 | (b[i] & 0xFF)
              : (a[i] & 0xFF) << 24
                  | (Alpha.divided(r[i], a[i]) & 0xFF) << 16
                  | (Alpha.divided(g[i], a[i]) & 0xFF) << 8
                  | (Alpha.divided(b[i], a[i]) & 0xFF);
    }
    return joined;
  }
}

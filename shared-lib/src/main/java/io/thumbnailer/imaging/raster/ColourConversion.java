package io.thumbnailer.imaging.raster;

import io.thumbnailer.imaging.model.FitGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Converts between the colour models of {@link PlanarImage}. YCbCr is that of JFIF 1.02: BT.601,
 * full range.
 */
public final class ColourConversion {
  private static final int ROUNDING = 1 << 15;
  private static final int CHROMA_ZERO = (128 << 16) + ROUNDING - 1;

  private ColourConversion() {}

  /**
   * Converts to red, green and blue at full resolution; an RGB or RGBA image is returned unchanged.
   */
  public static PlanarImage toRgb(PlanarImage image) {
    return switch (image.colours()) {
      case RGB, RGBA -> image;
      case GRAY -> {
        Plane grey = image.planes().get(0);
        yield new PlanarImage(
            PlanarImage.Colours.RGB,
            image.width(),
            image.height(),
            List.of(grey, grey, grey),
            image.profile());
      }
      case YCC -> yccToRgb(fullChroma(image));
    };
  }

  /** Converts an opaque image to YCbCr; a grey one stays grey. */
  public static PlanarImage toYcc(PlanarImage image, boolean halfChroma) {
    if (image.colours() != PlanarImage.Colours.RGB) {
      return image;
    }
    byte[] r = image.planes().get(0).samples();
    byte[] g = image.planes().get(1).samples();
    byte[] b = image.planes().get(2).samples();
    byte[] y = new byte[r.length];
    byte[] cb = new byte[r.length];
    byte[] cr = new byte[r.length];
    for (int i = 0; i < r.length; i++) {
      int red = r[i] & 0xFF;
      int green = g[i] & 0xFF;
      int blue = b[i] & 0xFF;
      // In units of 1/65536, as in libjpeg, so that no sample needs to be clamped.
      y[i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + ROUNDING) >> 16);
      cb[i] = (byte) ((-11059 * red - 21709 * green + 32768 * blue + CHROMA_ZERO) >> 16);
      cr[i] = (byte) ((32768 * red - 27439 * green - 5329 * blue + CHROMA_ZERO) >> 16);
    }
    int w = image.width();
    int h = image.height();
    return new PlanarImage(
        PlanarImage.Colours.YCC,
        w,
        h,
        List.of(
            Plane.whole(y, w, h),
            halfChroma ? halved(cb, w, h) : Plane.whole(cb, w, h),
            halfChroma ? halved(cr, w, h) : Plane.whole(cr, w, h)),
        Optional.empty());
  }

  /** Flattens a transparent image onto a background colour. */
  public static PlanarImage flatten(PlanarImage image, int background) {
    if (!image.hasAlpha()) {
      return image;
    }
    byte[] alpha = image.planes().get(3).samples();
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int colour = background >> (16 - 8 * i) & 0xFF;
      byte[] in = image.planes().get(i).samples();
      byte[] out = new byte[in.length];
      for (int j = 0; j < out.length; j++) {
        out[j] =
            (byte) Math.min(255, (in[j] & 0xFF) + (colour * (255 - (alpha[j] & 0xFF)) + 127) / 255);
      }
      planes.add(Plane.whole(out, image.width(), image.height()));
    }
    return new PlanarImage(
        PlanarImage.Colours.RGB, image.width(), image.height(), planes, image.profile());
  }

  /** Centres an RGB image on a larger background of one colour. */
  public static PlanarImage pad(PlanarImage image, int width, int height, int background) {
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] out = new byte[width * height];
      java.util.Arrays.fill(out, (byte) (background >> (16 - 8 * i)));
      int left = (width - image.width()) / 2;
      int top = (height - image.height()) / 2;
      for (int y = 0; y < image.height(); y++) {
        System.arraycopy(
            image.planes().get(i).samples(),
            y * image.width(),
            out,
            (top + y) * width + left,
            image.width());
      }
      planes.add(Plane.whole(out, width, height));
    }
    return new PlanarImage(PlanarImage.Colours.RGB, width, height, planes, image.profile());
  }

  private static PlanarImage fullChroma(PlanarImage image) {
    if (image.planes().get(1).width() == image.width()
        && image.planes().get(1).height() == image.height()
        && image.planes().get(0).width() == image.width()
        && image.planes().get(0).height() == image.height()) {
      return image;
    }
    FitGeometry same =
        new FitGeometry(0, 0, image.width(), image.height(), image.width(), image.height());
    return ImageResampler.resample(image, 1, same, image.width(), image.height(), false);
  }

  private static PlanarImage yccToRgb(PlanarImage image) {
    byte[] y = image.planes().get(0).samples();
    byte[] cb = image.planes().get(1).samples();
    byte[] cr = image.planes().get(2).samples();
    byte[] r = new byte[y.length];
    byte[] g = new byte[y.length];
    byte[] b = new byte[y.length];
    for (int i = 0; i < y.length; i++) {
      float luma = y[i] & 0xFF;
      float blue = (cb[i] & 0xFF) - 128;
      float red = (cr[i] & 0xFF) - 128;
      r[i] = clamp(luma + 1.402f * red);
      g[i] = clamp(luma - 0.344136f * blue - 0.714136f * red);
      b[i] = clamp(luma + 1.772f * blue);
    }
    int w = image.width();
    int h = image.height();
    return new PlanarImage(
        PlanarImage.Colours.RGB,
        w,
        h,
        List.of(Plane.whole(r, w, h), Plane.whole(g, w, h), Plane.whole(b, w, h)),
        image.profile());
  }

  private static Plane halved(byte[] in, int width, int height) {
    int w = (width + 1) / 2;
    int h = (height + 1) / 2;
    byte[] out = new byte[w * h];
    for (int y = 0; y < h; y++) {
      int upper = 2 * y * width;
      int lower = Math.min(2 * y + 1, height - 1) * width;
      for (int x = 0; x < w; x++) {
        int left = 2 * x;
        int right = Math.min(left + 1, width - 1);
        int sum =
            (in[upper + left] & 0xFF)
                + (in[upper + right] & 0xFF)
                + (in[lower + left] & 0xFF)
                + (in[lower + right] & 0xFF);
        out[y * w + x] = (byte) ((sum + 2) / 4);
      }
    }
    return new Plane(out, w, h, width / 2.0, height / 2.0);
  }

  private static byte clamp(float value) {
    return (byte) (int) Math.min(255f, Math.max(0f, value + 0.5f));
  }
}

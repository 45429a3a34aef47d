package io.thumbnailer.imaging.raster;

import io.thumbnailer.imaging.model.FitGeometry;

/**
 * Finds the best position of a crop. On a small overview every pixel gets a score for detail (the
 * gradient of its luma), for strong colour and for the hue of skin; the crop with the largest sum
 * wins. These are the signals of libvips' attention crop, simplified. It does not recognize faces
 * or objects.
 */
public final class Saliency {
  /** Longer side of the overview in pixels. */
  private static final int OVERVIEW = 64;

  private static final double SKIN_WEIGHT = 1.5;
  private static final double COLOUR_WEIGHT = 0.4;

  /**
   * How much less a position counts at the border of the crop; keeps important parts away from the
   * edge.
   */
  private static final double EDGE_WEIGHT = 0.5;

  private Saliency() {}

  public static FitGeometry overview(int width, int height) {
    double scale = Math.min(1, (double) OVERVIEW / Math.max(width, height));
    return new FitGeometry(
        0,
        0,
        width,
        height,
        (int) Math.max(1, Math.round(width * scale)),
        (int) Math.max(1, Math.round(height * scale)));
  }

  /** Moves a crop to the best position by trying every offset of the overview. */
  public static FitGeometry place(PlanarImage overview, FitGeometry crop, int width, int height) {
    double[] score = scores(overview);
    int w = overview.width();
    int h = overview.height();
    int cropWidth = (int) Math.max(1, Math.round(crop.cropWidth() * w / width));
    int cropHeight = (int) Math.max(1, Math.round(crop.cropHeight() * h / height));
    double best = -1;
    int bestX = 0;
    int bestY = 0;
    for (int y = 0; y + cropHeight <= h; y++) {
      for (int x = 0; x + cropWidth <= w; x++) {
        double sum = sum(score, w, x, y, cropWidth, cropHeight);
        if (sum > best) {
          best = sum;
          bestX = x;
          bestY = y;
        }
      }
    }
    return crop.at(
        w == cropWidth ? 0.5 : (double) bestX / (w - cropWidth),
        h == cropHeight ? 0.5 : (double) bestY / (h - cropHeight),
        width,
        height);
  }

  private static double sum(double[] score, int stride, int left, int top, int w, int h) {
    double sum = 0;
    for (int y = 0; y < h; y++) {
      double dy = Math.abs((y + 0.5) / h * 2 - 1);
      for (int x = 0; x < w; x++) {
        double dx = Math.abs((x + 0.5) / w * 2 - 1);
        double border = 1 - EDGE_WEIGHT * Math.max(dx * dx, dy * dy);
        sum += score[(top + y) * stride + left + x] * border;
      }
    }
    return sum;
  }

  private static double[] scores(PlanarImage image) {
    int w = image.width();
    int h = image.height();
    byte[] r = image.planes().get(0).samples();
    byte[] g = image.planes().get(1).samples();
    byte[] b = image.planes().get(2).samples();
    double[] luma = new double[r.length];
    for (int i = 0; i < luma.length; i++) {
      luma[i] = 0.299 * (r[i] & 0xFF) + 0.587 * (g[i] & 0xFF) + 0.114 * (b[i] & 0xFF);
    }
    double[] score = new double[luma.length];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        double neighbours =
            luma[y * w + Math.max(0, x - 1)]
                + luma[y * w + Math.min(w - 1, x + 1)]
                + luma[Math.max(0, y - 1) * w + x]
                + luma[Math.min(h - 1, y + 1) * w + x];
        double detail = Math.abs(4 * luma[i] - neighbours) / 4;
        score[i] = detail + colour(r[i] & 0xFF, g[i] & 0xFF, b[i] & 0xFF, luma[i]);
      }
    }
    return score;
  }

  private static double colour(int r, int g, int b, double luma) {
    double length = Math.sqrt((double) r * r + (double) g * g + (double) b * b);
    if (luma < 20 || length == 0) {
      return 0;
    }
    // Distance from the mean direction of skin in RGB, as libvips and smartcrop.js take it.
    double dr = r / length - 0.78;
    double dg = g / length - 0.57;
    double db = b / length - 0.44;
    double distance = Math.sqrt(dr * dr + dg * dg + db * db);
    double skin = distance < 0.15 ? (1 - distance / 0.15) * 32 : 0;
    double saturation = (Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b))) / 8.0;
    return SKIN_WEIGHT * skin + COLOUR_WEIGHT * saturation;
  }
}

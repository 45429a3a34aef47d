package io.thumbnailer.imaging.raster;

/** Arithmetic with 8-bit colours and their alpha. */
public final class Alpha {
  private Alpha() {}

  /** Multiplies a colour by its alpha, rounded. */
  public static byte multiplied(int colour, int alpha) {
    return (byte) (((colour & 0xFF) * (alpha & 0xFF) + 127) / 255);
  }

  /** Divides a premultiplied colour by its alpha; 0 if the alpha is 0. */
  public static byte divided(int colour, int alpha) {
    int a = alpha & 0xFF;
    return (byte) (a == 0 ? 0 : Math.min(255, ((colour & 0xFF) * 255 + a / 2) / a));
  }
}

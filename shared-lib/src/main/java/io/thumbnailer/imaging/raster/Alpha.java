package io.thumbnailer.imaging.raster;

/** Arithmetic of 8-bit colours and their alpha. */
public final class Alpha {
  private Alpha() {}

  /** Premultiplies, rounded. */
  public static byte multiplied(int colour, int alpha) {
    return (byte) (((colour & 0xFF) * (alpha & 0xFF) + 127) / 255);
  }

  /** Undoes it; 0 where nothing is to be seen. */
  public static byte divided(int colour, int alpha) {
    int a = alpha & 0xFF;
    return (byte) (a == 0 ? 0 : Math.min(255, ((colour & 0xFF) * 255 + a / 2) / a));
  }
}

package io.thumbnailer.imaging;

/** Arithmetic of 8-bit colours and their alpha. */
final class Alpha {
  private Alpha() {}

  /** Premultiplies, rounded. */
  static byte multiplied(int colour, int alpha) {
    return (byte) (((colour & 0xFF) * (alpha & 0xFF) + 127) / 255);
  }

  /** Undoes it; 0 where nothing is to be seen. */
  static byte divided(int colour, int alpha) {
    int a = alpha & 0xFF;
    return (byte) (a == 0 ? 0 : Math.min(255, ((colour & 0xFF) * 255 + a / 2) / a));
  }
}

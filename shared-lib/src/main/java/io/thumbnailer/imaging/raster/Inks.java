package io.thumbnailer.imaging.raster;

import java.awt.color.CMMException;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Optional;

/**
 * Converts cyan, magenta, yellow and black to sRGB, pixel by pixel; runs of equal pixels are
 * converted only once. A profile determines the colours if there is one; otherwise each ink absorbs
 * its part of the light.
 */
public final class Inks {
  private ICC_ColorSpace space;
  private int last = -1;
  private final byte[] converted = new byte[3];
  private boolean known;

  public Inks(Optional<ICC_Profile> profile) {
    this.space = profile.map(ICC_ColorSpace::new).orElse(null);
  }

  /** Converts the inks of a pixel; 255 covers the paper completely. */
  public void toRgb(byte c, byte m, byte y, byte k, byte[] out, int to) {
    int inks = (c & 0xFF) << 24 | (m & 0xFF) << 16 | (y & 0xFF) << 8 | (k & 0xFF);
    if (!known || inks != last) {
      convert(inks);
      last = inks;
      known = true;
    }
    System.arraycopy(converted, 0, out, to, 3);
  }

  private void convert(int inks) {
    if (space != null) {
      float[] parts = new float[4];
      for (int i = 0; i < 4; i++) {
        parts[i] = (inks >>> (24 - 8 * i) & 0xFF) / 255f;
      }
      try {
        float[] rgb = space.toRGB(parts);
        for (int i = 0; i < 3; i++) {
          converted[i] = (byte) Math.round(255 * rgb[i]);
        }
        return;
      } catch (CMMException | IllegalArgumentException e) {
        space = null; // a profile that does not work is ignored
      }
    }
    int light = 255 - (inks & 0xFF);
    for (int i = 0; i < 3; i++) {
      converted[i] = (byte) (((255 - (inks >>> (24 - 8 * i) & 0xFF)) * light + 127) / 255);
    }
  }
}

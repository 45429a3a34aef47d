package io.thumbnailer.imaging.raster;

import java.awt.color.ICC_Profile;
import java.util.List;
import java.util.Optional;

/**
 * An image as one plane per channel, in the file's own colours. As in JPEG, each channel may have
 * its own resolution, so that nothing is upsampled only to be shrunk again.
 *
 * @param colours the meaning of the planes
 * @param width in pixels
 * @param height in pixels
 * @param planes one for each channel of the colours
 * @param profile converts the colours to sRGB; empty if they are sRGB already. It has one or three
 *     components for grey, and three otherwise
 */
public record PlanarImage(
    Colours colours, int width, int height, List<Plane> planes, Optional<ICC_Profile> profile) {

  /** The meaning of the planes, in order. */
  public enum Colours {
    GRAY(1),
    /** Full-range BT.601, as JFIF defines it. */
    YCC(3),
    RGB(3),
    /** Red, green and blue premultiplied by alpha, then alpha. */
    RGBA(4);

    private final int channels;

    Colours(int channels) {
      this.channels = channels;
    }

    int channels() {
      return channels;
    }
  }

  /** Checks that there are as many planes as the colours need. */
  public PlanarImage {
    planes = List.copyOf(planes);
    if (planes.size() != colours.channels()) {
      throw new IllegalArgumentException(colours + " of " + planes.size() + " planes");
    }
  }

  public boolean hasAlpha() {
    return colours == Colours.RGBA;
  }
}

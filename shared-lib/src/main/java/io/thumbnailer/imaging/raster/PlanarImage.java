package io.thumbnailer.imaging.raster;

import java.awt.color.ICC_Profile;
import java.util.List;
import java.util.Optional;

/**
 * An image as one plane per channel, in the file's own colours. Channels may have resolutions of
 * their own, as in JPEG, so that nothing is upsampled only to be shrunk again.
 *
 * @param colours what the planes mean
 * @param width in pixels
 * @param height in pixels
 * @param planes as many as the colours have channels
 * @param profile what turns the colours to sRGB, if they are not sRGB already; of one component or
 *     three for grey, of three otherwise
 */
public record PlanarImage(
    Colours colours, int width, int height, List<Plane> planes, Optional<ICC_Profile> profile) {

  /** What the planes are, in their order. */
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

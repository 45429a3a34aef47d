package io.thumbnailer.imaging.model;

import io.thumbnailer.imaging.raster.Saliency;
import java.util.Locale;
import java.util.Optional;

/** Which part of an image {@link Fit#COVER} keeps. */
public enum Gravity {
  /** The middle. */
  CENTRE(0.5, 0.5),
  /** The upper edge. */
  NORTH(0.5, 0),
  /** The upper right corner. */
  NORTHEAST(1, 0),
  /** The right edge. */
  EAST(1, 0.5),
  /** The lower right corner. */
  SOUTHEAST(1, 1),
  /** The lower edge. */
  SOUTH(0.5, 1),
  /** The lower left corner. */
  SOUTHWEST(0, 1),
  /** The left edge. */
  WEST(0, 0.5),
  /** The upper left corner. */
  NORTHWEST(0, 0),
  /** The part with the most detail, strong colours and skin tones; see {@link Saliency}. */
  ATTENTION(0.5, 0.5);

  private final double x;
  private final double y;

  Gravity(double x, double y) {
    this.x = x;
    this.y = y;
  }

  /** The horizontal position of the crop, 0 at the left and 1 at the right. */
  double x() {
    return x;
  }

  /** The vertical position of the crop, 0 at the top and 1 at the bottom. */
  double y() {
    return y;
  }

  /** The gravity with that lower-case name; {@code center} is accepted for the centre. */
  static Optional<Gravity> named(String name) {
    if (name.equals("center")) {
      return Optional.of(CENTRE);
    }
    for (Gravity gravity : values()) {
      if (gravity.word().equals(name)) {
        return Optional.of(gravity);
      }
    }
    return Optional.empty();
  }

  /** The name in a rendition's specification. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.thumbnailer.imaging.model;

/** How an image is fitted to a rendition's box. */
public enum Fit {
  /** Inside the box, whole, aspect ratio kept. */
  FIT,
  /** Fills the box; what sticks out is cropped as the {@link Gravity} says. */
  COVER,
  /** Inside the box, the rest filled with the background. */
  PAD
}

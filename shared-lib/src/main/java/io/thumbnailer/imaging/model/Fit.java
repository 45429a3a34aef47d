package io.thumbnailer.imaging.model;

/** How an image is fitted to a rendition's box. */
public enum Fit {
  /** The whole image inside the box; keeps the aspect ratio. */
  FIT,
  /** Fills the box; the {@link Gravity} determines what is cropped. */
  COVER,
  /** The whole image inside the box; the rest is filled with the background. */
  PAD
}

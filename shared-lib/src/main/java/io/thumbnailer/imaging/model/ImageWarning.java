package io.thumbnailer.imaging.model;

/** A defect of an image that has thumbnails nevertheless. */
public enum ImageWarning {
  /** A part of the image is missing; the rest is shown. */
  TRUNCATED("truncated"),
  /** A part of the image is corrupt; the readable part is shown. */
  CORRUPT("corrupt");

  private final String code;

  ImageWarning(String code) {
    this.code = code;
  }

  /** The stable code: lower-case letters and dashes. */
  public String code() {
    return code;
  }
}

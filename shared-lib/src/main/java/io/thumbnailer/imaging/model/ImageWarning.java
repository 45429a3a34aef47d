package io.thumbnailer.imaging.model;

/** A defect of an image whose thumbnails were created anyway. */
public enum ImageWarning {
  /** Part of the image is missing; the rest is shown. */
  TRUNCATED("truncated"),
  /** Part of the image is corrupt; the readable part is shown. */
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

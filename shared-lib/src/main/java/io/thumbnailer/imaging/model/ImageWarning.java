package io.thumbnailer.imaging.model;

/** What is wrong with an image that is shown all the same. */
public enum ImageWarning {
  /** A part of the picture is missing; what arrived is shown. */
  TRUNCATED("truncated"),
  /** A part of the picture is not as it was made; what could be read is shown. */
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

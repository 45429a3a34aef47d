package io.thumbnailer.imaging.model;

/** An output format of thumbnails. */
public enum OutputFormat {
  /** JPEG; transparent images are flattened onto the background. */
  JPEG("image/jpeg", "jpg"),
  /** PNG, with alpha. */
  PNG("image/png", "png"),
  /** WebP, with alpha. */
  WEBP("image/webp", "webp"),
  /** AVIF, with alpha; WebP if the machine has no AV1 encoder. */
  AVIF("image/avif", "avif"),
  /**
   * JPEG for opaque images, WebP for those with alpha. It is always resolved to another format
   * before writing.
   */
  AUTO("", "");

  private final String contentType;
  private final String extension;

  OutputFormat(String contentType, String extension) {
    this.contentType = contentType;
    this.extension = extension;
  }

  /** The media type. */
  public String contentType() {
    return contentType;
  }

  /** The file name extension, without a dot. */
  public String extension() {
    return extension;
  }

  /** The format to write, depending on whether the image has alpha. */
  public OutputFormat resolve(boolean alpha) {
    if (this != AUTO) {
      return this;
    }
    return alpha ? WEBP : JPEG;
  }
}

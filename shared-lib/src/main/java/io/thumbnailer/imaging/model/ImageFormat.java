package io.thumbnailer.imaging.model;

/** A format that images are read from, told by its first bytes. */
public enum ImageFormat {
  JPEG("image/jpeg"),
  PNG("image/png"),
  GIF("image/gif"),
  WEBP("image/webp"),
  TIFF("image/tiff"),
  BMP("image/bmp"),
  PSD("image/vnd.adobe.photoshop"),
  PNM("image/x-portable-anymap"),
  ICNS("image/icns"),
  ICO("image/x-icon");

  private final String contentType;

  ImageFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The media type. */
  public String contentType() {
    return contentType;
  }

  /** Whether a file holds the same picture in several sizes, of which the largest counts. */
  public boolean manySizes() {
    return this == ICO || this == ICNS;
  }
}

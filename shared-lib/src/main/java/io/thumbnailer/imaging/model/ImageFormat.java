package io.thumbnailer.imaging.model;

/** An input format, identified by its first bytes. */
public enum ImageFormat {
  JPEG("JPEG", "image/jpeg"),
  PNG("PNG", "image/png"),
  GIF("GIF", "image/gif"),
  WEBP("WebP", "image/webp"),
  TIFF("TIFF", "image/tiff"),
  BMP("BMP", "image/bmp"),
  PSD("PSD", "image/vnd.adobe.photoshop"),
  PNM("PNM", "image/x-portable-anymap"),
  ICNS("ICNS", "image/icns"),
  ICO("ICO", "image/x-icon"),
  /** Decoded if libheif and an HEVC decoder are installed. */
  HEIC("HEIC", "image/heic"),
  /** Decoded if libheif and an AV1 decoder are installed. */
  AVIF("AVIF", "image/avif"),
  /** Decoded if libjxl is installed. */
  JXL("JPEG XL", "image/jxl");

  private final String displayName;
  private final String contentType;

  ImageFormat(String displayName, String contentType) {
    this.displayName = displayName;
    this.contentType = contentType;
  }

  /** The name to show in messages. */
  public String displayName() {
    return displayName;
  }

  /** Whether decoding needs a library that not every machine has. */
  public boolean needsLibrary() {
    return this == HEIC || this == AVIF || this == JXL;
  }

  /** The media type. */
  public String contentType() {
    return contentType;
  }

  /** Whether a file contains the same image in several sizes, of which the largest is used. */
  public boolean manySizes() {
    return this == ICO || this == ICNS;
  }
}

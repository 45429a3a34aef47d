package io.thumbnailer.imaging.header;

import java.io.IOException;

/** An image of a known format that is not decoded here. The message is the format's name. */
public final class UnsupportedFormatException extends IOException {
  /** With the name as people know it: {@code HEIC}. */
  public UnsupportedFormatException(String format) {
    super(format);
  }
}

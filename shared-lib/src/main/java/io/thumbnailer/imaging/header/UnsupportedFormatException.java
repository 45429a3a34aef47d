package io.thumbnailer.imaging.header;

import java.io.IOException;

/** An image of a known format that is not supported. The message is the format's name. */
public final class UnsupportedFormatException extends IOException {
  /** Creates an exception with the usual name of the format: {@code HEIC}. */
  public UnsupportedFormatException(String format) {
    super(format);
  }
}

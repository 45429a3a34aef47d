package io.thumbnailer.imaging.header;

import java.io.IOException;
import java.io.Serial;

/** An embedded image is much larger than the outer file states. */
public final class InnerSizeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  InnerSizeException(String message) {
    super(message);
  }
}

package io.thumbnailer.imaging;

import java.nio.file.Path;

/** Reads an image's format, size and orientation from its header, without decoding pixels. */
public final class ImageProbe {

  /**
   * Probes a file.
   *
   * @throws ImagingException {@code UNSUPPORTED_TYPE} when the first bytes are of no known format,
   *     {@code UNREADABLE_IMAGE} when the header is broken
   */
  @SuppressWarnings("DoNotCallSuggester") // until it is written
  public ImageHeader probe(Path file) throws ImagingException {
    throw new ImagingException(
        ImagingException.Reason.UNSUPPORTED_TYPE, file + " cannot be probed yet");
  }
}

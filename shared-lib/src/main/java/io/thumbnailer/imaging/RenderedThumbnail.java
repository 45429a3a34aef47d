package io.thumbnailer.imaging;

import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.Rendition;

/**
 * A finished thumbnail.
 *
 * @param rendition what was asked for
 * @param format what it is written in
 * @param width in pixels
 * @param height in pixels
 * @param content the encoded file, owned by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record RenderedThumbnail(
    Rendition rendition, OutputFormat format, int width, int height, byte[] content) {

  /** Throws {@link IllegalArgumentException} when the format is {@code AUTO}. */
  public RenderedThumbnail {
    if (format == OutputFormat.AUTO) {
      throw new IllegalArgumentException("a thumbnail is written in a format");
    }
  }
}

package io.thumbnailer.imaging;

import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.Rendition;
import java.util.Set;

/**
 * A finished thumbnail.
 *
 * @param rendition the requested rendition
 * @param format the format of the content
 * @param width in pixels
 * @param height in pixels
 * @param content the encoded file, owned by the receiver
 * @param warnings the defects of the original image; usually none
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record RenderedThumbnail(
    Rendition rendition,
    OutputFormat format,
    int width,
    int height,
    byte[] content,
    Set<ImageWarning> warnings) {

  /** Throws {@link IllegalArgumentException} if the format is {@code AUTO}. */
  public RenderedThumbnail {
    if (format == OutputFormat.AUTO) {
      throw new IllegalArgumentException("a thumbnail is written in a format");
    }
    warnings = Set.copyOf(warnings);
  }
}

package io.thumbnailer.imaging;

import java.nio.file.Path;
import java.util.List;

/** Makes all thumbnails of one image with one decode. Thread-safe. */
public final class ThumbnailRenderer {

  /** With a budget that every image must meet before it is decoded. */
  public ThumbnailRenderer(PixelBudget budget) {}

  /**
   * Probes, admits, decodes, orients, converts, resamples and encodes.
   *
   * @return one thumbnail per rendition, in the order of the renditions
   * @throws ImagingException when the image is unsupported, unreadable or too large
   */
  @SuppressWarnings("DoNotCallSuggester") // until it is written
  public List<RenderedThumbnail> render(Path original, List<Rendition> renditions)
      throws ImagingException {
    throw new ImagingException(
        ImagingException.Reason.UNSUPPORTED_TYPE, original + " cannot be rendered yet");
  }
}

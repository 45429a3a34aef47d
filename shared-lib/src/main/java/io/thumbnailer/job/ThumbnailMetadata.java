package io.thumbnailer.job;

import io.thumbnailer.imaging.RenderedThumbnail;
import io.thumbnailer.imaging.model.ImageWarning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metadata of a stored thumbnail: the job's description and the thumbnail's own properties, so
 * that a finished job can be described without the queue.
 */
public final class ThumbnailMetadata {
  static final String RENDITION = "thumbnail-rendition";
  static final String FORMAT = "thumbnail-format";
  static final String WIDTH = "thumbnail-width";
  static final String HEIGHT = "thumbnail-height";

  /** Missing when there are none. */
  static final String WARNINGS = "thumbnail-warnings";

  private ThumbnailMetadata() {}

  /** The metadata to store with a thumbnail. */
  public static Map<String, String> of(JobDescription job, RenderedThumbnail thumbnail) {
    Map<String, String> metadata = new LinkedHashMap<>(job.toProperties());
    metadata.put(RENDITION, thumbnail.rendition().name());
    metadata.put(FORMAT, thumbnail.format().name());
    metadata.put(WIDTH, Integer.toString(thumbnail.width()));
    metadata.put(HEIGHT, Integer.toString(thumbnail.height()));
    if (!thumbnail.warnings().isEmpty()) {
      metadata.put(WARNINGS, StoredThumbnail.formatWarnings(warnings(thumbnail)));
    }
    return metadata;
  }

  /** The codes of a thumbnail's warnings, in alphabetical order. */
  public static List<String> warnings(RenderedThumbnail thumbnail) {
    return thumbnail.warnings().stream().map(ImageWarning::code).sorted().toList();
  }
}

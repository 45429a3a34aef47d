package io.thumbnailer.job;

import io.thumbnailer.imaging.OutputFormat;

/** The object keys of a job. No key holds anything that a client chose. */
public final class JobKeys {
  /** The folder of the originals. */
  public static final String UPLOADS = "uploads/";

  /** The folder of the thumbnails. */
  public static final String THUMBNAILS = "thumbnails/";

  private JobKeys() {}

  /** Where the original is until the job is done. */
  public static String original(JobId id) {
    return UPLOADS + id;
  }

  /** What the keys of all thumbnails of a job begin with. */
  public static String thumbnails(JobId id) {
    return THUMBNAILS + id + "/";
  }

  /** Where a thumbnail is. */
  public static String thumbnail(JobId id, String rendition, OutputFormat format) {
    return thumbnails(id) + rendition + "." + format.extension();
  }
}

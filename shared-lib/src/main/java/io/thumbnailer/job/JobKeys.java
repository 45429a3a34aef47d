package io.thumbnailer.job;

import io.thumbnailer.imaging.model.OutputFormat;

/** The object keys of a job. No key holds anything that a client chose. */
public final class JobKeys {
  /** The folder of the originals. */
  public static final String UPLOADS = "uploads/";

  /** The folder of the thumbnails. */
  public static final String THUMBNAILS = "thumbnails/";

  /** The folder of what clients send straight to storage, until it is checked. */
  public static final String INCOMING = "incoming/";

  private JobKeys() {}

  /** Where the original is until the job is done. */
  public static String original(JobId id) {
    return UPLOADS + id;
  }

  /** Where a client sends a file straight to storage. */
  public static String incoming(JobId id) {
    return INCOMING + id;
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

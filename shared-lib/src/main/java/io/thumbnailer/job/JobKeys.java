package io.thumbnailer.job;

import io.thumbnailer.imaging.model.OutputFormat;

/** The object keys of a job. No key contains anything that a client chose. */
public final class JobKeys {
  /** The prefix of the originals. */
  public static final String UPLOADS = "uploads/";

  /** The prefix of the thumbnails. */
  public static final String THUMBNAILS = "thumbnails/";

  /** The prefix of direct uploads, until they are checked. */
  public static final String INCOMING = "incoming/";

  private JobKeys() {}

  /** The key of the original, until the job is done. */
  public static String original(JobId id) {
    return UPLOADS + id;
  }

  /** The key of a direct upload. */
  public static String incoming(JobId id) {
    return INCOMING + id;
  }

  /** The prefix of a job's thumbnails. */
  public static String thumbnails(JobId id) {
    return THUMBNAILS + id + "/";
  }

  /** The key of a thumbnail. */
  public static String thumbnail(JobId id, String rendition, OutputFormat format) {
    return thumbnails(id) + rendition + "." + format.extension();
  }
}

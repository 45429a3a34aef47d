package io.thumbnailer.ingest.http;

/** The URLs of the API, relative to the server's root. */
public final class Links {
  private Links() {}

  /** A job. */
  public static String job(String id) {
    return "/jobs/" + id;
  }

  /** A job's event stream. */
  public static String events(String id) {
    return job(id) + "/events";
  }

  /** A thumbnail. */
  public static String thumbnail(String id, String rendition) {
    return "/thumbnails/" + id + "/" + rendition;
  }
}

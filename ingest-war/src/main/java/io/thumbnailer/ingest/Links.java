package io.thumbnailer.ingest;

/** The addresses of the API, from the root of the server. */
final class Links {
  private Links() {}

  static String job(String id) {
    return "/jobs/" + id;
  }

  static String thumbnail(String id, String rendition) {
    return "/thumbnails/" + id + "/" + rendition;
  }
}

package io.thumbnailer.ingest.access;

/** Roles; each includes those before it. */
public enum Role {
  /** Everybody: the page and the description of the API. */
  ANYBODY,
  /** Viewers of thumbnails: everybody, if thumbnails are public. */
  VIEWER,
  /** Users of the service. */
  CLIENT,
  /** Operators of the service. */
  ADMIN;

  /** Whether this role includes another. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}

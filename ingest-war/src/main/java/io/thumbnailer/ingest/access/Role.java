package io.thumbnailer.ingest.access;

/** Who may make a call; each role includes those before it. */
public enum Role {
  /** Everybody: the page and the description of the API. */
  ANYBODY,
  /** Whoever looks at thumbnails: everybody, where thumbnails are public. */
  VIEWER,
  /** Whoever uses the service. */
  CLIENT,
  /** Whoever operates it. */
  ADMIN;

  /** Whether this role may do what needs another. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}

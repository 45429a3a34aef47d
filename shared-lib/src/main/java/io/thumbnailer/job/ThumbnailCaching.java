package io.thumbnailer.job;

/**
 * How long caches may keep a thumbnail, as {@code Cache-Control} says it: as long as they like. It
 * never changes, since its address holds the job's id.
 */
public final class ThumbnailCaching {
  /** For a thumbnail that is for everybody who knows its address. */
  public static final String PUBLIC = "public, max-age=31536000, immutable";

  /** For one that needs a key: not for caches that many people share. */
  public static final String PRIVATE = "private, max-age=31536000, immutable";

  private ThumbnailCaching() {}
}

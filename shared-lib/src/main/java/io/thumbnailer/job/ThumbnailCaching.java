package io.thumbnailer.job;

import java.time.Duration;

/** Who may keep a thumbnail in a cache, as {@code Cache-Control} says it. */
public enum ThumbnailCaching {
  /** Everybody: it is for all who know its address. */
  PUBLIC("public"),
  /** Only the cache of the one who asked: it needs a key. */
  PRIVATE("private");

  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final String directive;

  ThumbnailCaching(String directive) {
    this.directive = directive;
  }

  /** As long as they like: a thumbnail never changes, since its address holds the job's id. */
  public String forEver() {
    return forAtMost(FOR_EVER) + ", immutable";
  }

  /** Without asking again, in whole seconds. */
  public String forAtMost(Duration age) {
    return directive + ", max-age=" + age.toSeconds();
  }
}

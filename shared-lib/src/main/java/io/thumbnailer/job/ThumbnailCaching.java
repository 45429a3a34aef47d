package io.thumbnailer.job;

import java.time.Duration;

/** Who may cache a thumbnail, as a {@code Cache-Control} directive. */
public enum ThumbnailCaching {
  /** Any cache: the thumbnail is public. */
  PUBLIC("public"),
  /** Only the caller's own cache: the thumbnail needs a key. */
  PRIVATE("private");

  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final String directive;

  ThumbnailCaching(String directive) {
    this.directive = directive;
  }

  /** Cacheable forever: a thumbnail never changes, because its URL contains the job's id. */
  public String forEver() {
    return forAtMost(FOR_EVER) + ", immutable";
  }

  /** Cacheable for a time, in whole seconds. */
  public String forAtMost(Duration age) {
    return directive + ", max-age=" + age.toSeconds();
  }
}

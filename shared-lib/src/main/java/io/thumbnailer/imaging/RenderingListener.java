package io.thumbnailer.imaging;

import java.time.Duration;

/** Receives the parts of one rendering, each after its successful end. */
@FunctionalInterface
public interface RenderingListener {
  /**
   * A part has ended.
   *
   * @param part {@code decode}, once for an image, or {@code encode}, once for each thumbnail
   * @param took how long it took
   */
  void ended(String part, Duration took);
}

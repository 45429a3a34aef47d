package io.thumbnailer.imaging;

import java.time.Duration;

/** Is called after each successful step of a rendering. */
@FunctionalInterface
public interface RenderingListener {
  /**
   * A step has ended.
   *
   * @param part {@code decode}, once per image, or {@code encode}, once per thumbnail
   * @param took the duration of the step
   */
  void ended(String part, Duration took);
}

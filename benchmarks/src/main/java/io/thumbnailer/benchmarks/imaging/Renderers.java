package io.thumbnailer.benchmarks.imaging;

import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.PixelBudget;
import java.time.Duration;
import java.util.Optional;

/** Creates renderers with limits that no benchmark reaches. */
final class Renderers {
  private Renderers() {}

  /** With the decoder of JPEG that the machine has. */
  static ThumbnailRenderer create() {
    return create(NativeJpeg.find());
  }

  /**
   * As an argument names it.
   *
   * @param jpeg {@code native} for libjpeg-turbo if the machine has it; {@code java} for pure Java
   */
  static ThumbnailRenderer create(String jpeg) {
    return create(jpeg.equals("native") ? NativeJpeg.find() : Optional.empty());
  }

  private static ThumbnailRenderer create(Optional<NativeJpeg> jpeg) {
    return new ThumbnailRenderer(
        new PixelBudget(100_000_000),
        new DecodeMemoryBudget(1L << 30),
        Duration.ofMinutes(1),
        jpeg);
  }
}

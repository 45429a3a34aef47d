package io.thumbnailer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.PixelBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderWarmUpTest {
  @Test
  void bothImagesAreRenderedAndNoFileIsLeft(@TempDir Path directory) throws IOException {
    ThumbnailRenderer renderer =
        new ThumbnailRenderer(
            new PixelBudget(1_000_000), new DecodeMemoryBudget(64 << 20), Duration.ofMinutes(1));
    try (ScratchDirectory scratch = ScratchDirectory.open(directory)) {
      assertThat(RenderWarmUp.run(renderer, scratch)).isEqualTo(4);

      assertThat(directory.toFile().listFiles()).hasSize(1);
      assertThat(directory.toFile().listFiles()[0].list()).containsExactly("in-use");
    }
  }
}

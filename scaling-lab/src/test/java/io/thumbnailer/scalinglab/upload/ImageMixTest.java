package io.thumbnailer.scalinglab.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageMixTest {
  @Test
  void anImageIsAJpegUnlessItsSizeSaysPng() {
    assertThat(only("40x30:1").contentType()).isEqualTo("image/jpeg");
    TestImage png = only("40x30.png:1");
    assertThat(png.contentType()).isEqualTo("image/png");
    assertThat(png.fileName()).isEqualTo("lab-40x30.png");
  }

  @Test
  void otherFormatsAreRefused() {
    assertThatThrownBy(() -> ImageMix.parse("40x30.gif:1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("40x30.gif:1");
  }

  private static TestImage only(String text) {
    return ImageMix.parse(text).draw(new SplittableRandom(1));
  }
}

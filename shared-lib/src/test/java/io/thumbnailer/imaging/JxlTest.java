package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thumbnailer.imaging.codec.jxl.NativeJxl;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JPEG XL, with files that cjxl 0.7 created from images of the tests. */
class JxlTest {
  private static final Set<ImageFormat> FORMATS = EnumSet.of(ImageFormat.JXL);

  @TempDir private Path directory;

  @BeforeEach
  void theMachineHasTheLibrary() {
    assumeTrue(NativeJxl.find().isPresent(), "there is no libjxl");
  }

  @ParameterizedTest
  @CsvSource({
    // size as shown, and the colour of the upper left corner
    "orientation.jxl, 47, 61, 201, 137, 140",
    "profile.jxl, 61, 47, 33, 167, 50",
    "alpha.jxl, 61, 47, 243, 227, 225",
    "progressive.jxl, 600, 400, 163, 49, 33"
  })
  void anImageIsShownAsItsFileStates(
      String name, int width, int height, int red, int green, int blue) throws Exception {
    Path file = write(Corpus.resource(name));

    ImageHeader header = probe().probe(file);
    assertThat(List.of(header.displayWidth(), header.displayHeight()))
        .isEqualTo(List.of(width, height));
    List<Integer> means = ColourGrid.of(render(file)).means();
    assertThat(means.get(0)).isBetween(red - 6, red + 6);
    assertThat(means.get(1)).isBetween(green - 6, green + 6);
    assertThat(means.get(2)).isBetween(blue - 6, blue + 6);
  }

  /** What the quarters of an image show; libjxl itself clips HDR, and leaves out black ink. */
  @ParameterizedTest
  @CsvSource({
    "pq.jxl, 848484 ff0000 0023ff ffffff", // as a PNG and an AVIF with these values
    "hlg.jxl, 646464 e63011 004db9 e4e4e4",
    "inks.jxl, ffffff ffffff 000000 777777", // with a profile that has no cyan
    "spots.jxl, c86432 ff0000 ffffff 808080", // four channels besides the colours
    "animated.jxl, 808080 c86432 3264c8 e0e0e0" // the first of two frames
  })
  void coloursBeyondRgbAreConverted(String name, String quarters) throws Exception {
    List<Integer> means = ColourGrid.of(render(write(Corpus.resource(name)))).means();

    String[] expected = quarters.split(" ", -1);
    int[] inside = {0, 3, 12, 15}; // of 4 by 4 parts
    for (int i = 0; i < inside.length; i++) {
      int colour = Integer.parseInt(expected[i], 16);
      for (int c = 0; c < 3; c++) {
        int value = colour >> (16 - 8 * c) & 0xFF;
        assertThat(means.get(3 * inside[i] + c)).as(quarters).isBetween(value - 6, value + 6);
      }
    }
  }

  @Test
  void moreChannelsThanAdmittedAreNotDecoded() throws Exception {
    byte[] file = Corpus.resource("spots.jxl");
    NativeJxl library = NativeJxl.find().orElseThrow();

    assertThatThrownBy(() -> library.decode(file, new ImageHeader(ImageFormat.JXL, 32, 32, 1), 24))
        .hasMessage("4 channels besides the colours");
  }

  @Test
  void aTruncatedProgressiveImageIsShownWithAWarning() throws Exception {
    byte[] whole = Corpus.resource("progressive.jxl");

    RenderedThumbnail thumbnail = render(write(Arrays.copyOf(whole, whole.length * 4 / 5)));

    assertThat(thumbnail.warnings()).containsExactly(ImageWarning.TRUNCATED);
    List<Integer> part = ColourGrid.of(thumbnail).means();
    List<Integer> all = ColourGrid.of(render(write(whole))).means();
    for (int i = 0; i < all.size(); i++) {
      assertThat(part.get(i)).isBetween(all.get(i) - 20, all.get(i) + 20);
    }
  }

  @Test
  void aFileThatEndsBeforeItsPixelsFailsAsTruncated() throws Exception {
    Path file = write(Arrays.copyOf(Corpus.resource("progressive.jxl"), 100));

    assertThatThrownBy(() -> render(file))
        .isInstanceOfSatisfying(
            ImagingException.class,
            e -> assertThat(e.reason()).isEqualTo(ImagingException.Reason.TRUNCATED_IMAGE));
  }

  @Test
  void aSizeThatWasNotAdmittedIsNotDecoded() throws Exception {
    byte[] file = Corpus.resource("profile.jxl");
    NativeJxl library = NativeJxl.find().orElseThrow();

    assertThatThrownBy(() -> library.decode(file, new ImageHeader(ImageFormat.JXL, 61, 46, 1), 24))
        .hasMessage("an embedded image of 61 x 47");
  }

  @Test
  void withoutTheLibraryTheFormatIsRefusedByName() throws Exception {
    Path file = write(Corpus.resource("alpha.jxl"));
    ImageProbe other =
        new ImageProbe(
            Duration.ofMinutes(1), new DecodeMemoryBudget(16 << 20), EnumSet.of(ImageFormat.JPEG));

    assertThatThrownBy(() -> other.probe(file))
        .hasMessage("JPEG XL is not supported on this server; accepted: JPEG");
  }

  private Path write(byte[] file) throws Exception {
    return Files.write(directory.resolve("image"), file);
  }

  private static ImageProbe probe() {
    return new ImageProbe(Duration.ofMinutes(1), new DecodeMemoryBudget(16 << 20), FORMATS);
  }

  private static RenderedThumbnail render(Path file) throws Exception {
    return new ThumbnailRenderer(
            new PixelBudget(100_000_000), new DecodeMemoryBudget(1L << 28), Duration.ofMinutes(1))
        .render(file, List.of(Rendition.parse("m", "320x320,png")))
        .get(0);
  }
}

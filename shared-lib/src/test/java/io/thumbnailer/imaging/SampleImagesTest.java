package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.model.ImagingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The smallest examples of images that some image services show wrongly or refuse. They must look
 * as in browsers, or as in libvips or ImageMagick if browsers do not show the format.
 */
class SampleImagesTest {
  private static final Set<String> TRUNCATED =
      Set.of(
          "A02-jpeg-cut-off-then-FFCF-garbage.jpg",
          "A05-png-cut-off.png",
          "A05b-bmp-last-byte-missing.bmp",
          "A09c-bmp-rle8-without-end-of-bitmap.bmp",
          "D09-ico-32bit-cut-off.ico",
          "D14-gif-cut-off-within-a-row.gif");

  @TempDir private Path directory;

  /** A file and its expected appearance. */
  record Image(String file, int width, int height, ColourGrid grid) {
    static Image parse(String line) {
      String[] words = line.split(" ", -1);
      return new Image(
          words[0],
          Integer.parseInt(words[2]),
          Integer.parseInt(words[3]),
          ColourGrid.parse(Arrays.copyOfRange(words, 4, words.length)));
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static List<Image> images() throws IOException {
    String lines = new String(resource("expected.txt"), StandardCharsets.US_ASCII);
    return lines.lines().filter(line -> !line.startsWith("#")).map(Image::parse).toList();
  }

  static Stream<Arguments> imagesInBothModes() throws IOException {
    return images().stream()
        .flatMap(p -> ColourGrid.jpegDecoders().map(jpeg -> Arguments.of(p, jpeg)));
  }

  @ParameterizedTest
  @MethodSource("imagesInBothModes")
  void anImageLooksAsInBrowsersAndOtherLibraries(Image image, Optional<NativeJpeg> jpeg)
      throws Exception {
    Path file = Files.write(directory.resolve("image"), resource(image.file));

    var header = new ImageProbe().probe(file);
    assertThat(List.of(header.displayWidth(), header.displayHeight()))
        .isEqualTo(List.of(image.width, image.height));
    for (RenderedThumbnail thumbnail : ColourGrid.render(file, jpeg)) {
      ColourGrid.of(thumbnail)
          .assertNear(image.grid, image.file + " as " + thumbnail.rendition().specification());
      assertThat(thumbnail.warnings())
          .as("what is wrong with %s", image.file)
          .isEqualTo(TRUNCATED.contains(image.file) ? Set.of(ImageWarning.TRUNCATED) : Set.of());
    }
  }

  @ParameterizedTest
  @MethodSource("io.thumbnailer.imaging.ColourGrid#jpegDecoders")
  void anIconWithOnlyJpeg2000IsRefusedByName(Optional<NativeJpeg> jpeg) throws Exception {
    Path file = Files.write(directory.resolve("i"), resource("B01-icns-only-jpeg2000.icns"));

    assertThatThrownBy(() -> ColourGrid.render(file, jpeg))
        .isInstanceOf(ImagingException.class)
        .hasMessageContaining("JPEG 2000");
  }

  @ParameterizedTest
  @MethodSource("io.thumbnailer.imaging.ColourGrid#jpegDecoders")
  void anIconShowsItsLargestImageThatCanBeRead(Optional<NativeJpeg> jpeg) throws Exception {
    Path file =
        Files.write(directory.resolve("i"), resource("B01b-icns-png128-and-jpeg2000-256.icns"));

    for (RenderedThumbnail thumbnail : ColourGrid.render(file, jpeg)) {
      assertThat(thumbnail.width()).isEqualTo(128);
      assertThat(ColourGrid.of(thumbnail).isWhite()).isFalse();
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = SampleImagesTest.class.getResourceAsStream("/sample-images/" + name)) {
      return in.readAllBytes();
    }
  }
}

package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that naive decoders show in wrong colours, as the wrong image or not at all. */
class TrapFilesTest {
  private static final int RED = 0xFF0000;

  @TempDir private Path directory;

  static Stream<Optional<NativeJpeg>> jpegDecoders() {
    return NativeJpeg.find().isPresent()
        ? Stream.of(NativeJpeg.find(), Optional.empty())
        : Stream.of(Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("jpegDecoders")
  void cmykWithoutAdobesMarkerIsInvertedToo(Optional<NativeJpeg> jpeg) throws Exception {
    byte[] file = PressFiles.fourChannels(new int[] {255, 0, 0, 255});

    assertNear(center(file, jpeg), 0xF01020, 48);
  }

  @ParameterizedTest
  @MethodSource("jpegDecoders")
  void ycckIsShownInItsColours(Optional<NativeJpeg> jpeg) throws Exception {
    // Adobe stores inks inverted, and makes luma and chroma of what is then 255 less than that:
    // here
    // of the colour opposite to red.
    byte[] file = PressFiles.adobe(new int[] {179, 171, 1, 255}, 2);

    assertNear(center(file, jpeg), 0xF01020, 48);
  }

  @ParameterizedTest
  @MethodSource("jpegDecoders")
  void theProfileOfACmykImageIsUsed(Optional<NativeJpeg> jpeg) throws Exception {
    byte[] cyan = Corpus.cmykJpeg(new int[] {255, 0, 0, 0});
    byte[] black = Corpus.cmykJpeg(new int[] {0, 0, 0, 255});
    byte[] press = PressFiles.profileOfAPressWithoutCyan();

    assertNear(center(PressFiles.withProfile(cyan, press), jpeg), 0xFFFFFF, 12);
    assertNear(center(PressFiles.withProfile(black, press), jpeg), 0x000000, 12);
    assertThat(center(cyan, jpeg) >> 16 & 0xFF).as("without it: no red").isLessThan(100);
  }

  @Test
  void aTiffShowsItsFirstPage() throws Exception {
    assertNear(center(ManyImages.tiffOfTwoPages(), NativeJpeg.find()), RED, 4);
  }

  @Test
  void anAnimatedWebpShowsItsFirstFrame() throws Exception {
    assertNear(center(ManyImages.animatedWebp(), NativeJpeg.find()), RED, 12);
  }

  @Test
  void anIconOfMacosShowsItsLargestImage() throws Exception {
    BufferedImage shown = render(ManyImages.icns(), "128x128,png", NativeJpeg.find());

    assertThat(shown.getWidth()).isEqualTo(128);
    assertNear(shown.getRGB(64, 64), RED, 4);
  }

  @Test
  void aPsdShowsItsFlattenedImage() throws Exception {
    assertNear(center(PressFiles.psd(0x4080C0), NativeJpeg.find()), 0x4080C0, 2);
  }

  @Test
  void aTiffWithJpegIsDecodedWithoutRegisteredCodecs() throws Exception {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    List<ImageReaderSpi> others = new ArrayList<>();
    registry
        .getServiceProviders(ImageReaderSpi.class, false)
        .forEachRemaining(
            spi -> {
              if (!spi.getClass().getName().startsWith("com.sun.")) {
                others.add(spi);
              }
            });
    others.forEach(spi -> registry.deregisterServiceProvider(spi, ImageReaderSpi.class));
    try {
      assertNear(center(ManyImages.tiffOfJpeg(0x4080C0), NativeJpeg.find()), 0x4080C0, 6);
      assertNear(center(Corpus.cmykJpeg(new int[] {0, 255, 255, 0}), NativeJpeg.find()), RED, 48);
    } finally {
      others.forEach(spi -> registry.registerServiceProvider(spi, ImageReaderSpi.class));
    }
  }

  /**
   * TGA files have no signature at their start, and too many other files could be mistaken for one.
   */
  @Test
  void aTgaIsRefused() {
    byte[] tga = new byte[18 + 3 * 64];
    tga[2] = 2;
    tga[12] = 8;
    tga[14] = 8;
    tga[16] = 24;

    assertThatThrownBy(() -> center(tga, NativeJpeg.find()))
        .isInstanceOfSatisfying(
            ImagingException.class,
            e -> assertThat(e.reason()).isEqualTo(ImagingException.Reason.UNSUPPORTED_TYPE));
  }

  @ParameterizedTest
  @MethodSource("jpegDecoders")
  void aTruncatedJpegShowsTheRowsItContains(Optional<NativeJpeg> jpeg) throws Exception {
    byte[] whole = TestImages.encoded(400, 400, "jpeg");

    BufferedImage shown = render(Arrays.copyOf(whole, whole.length * 3 / 4), "40x40,png", jpeg);

    assertNear(shown.getRGB(10, 10), RED, 24);
    assertNear(shown.getRGB(30, 10), 0x00FF00, 24);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void jfifIsYcbcrWhateverAdobesMarkerSays(int transform) throws Exception {
    byte[] marker = {0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    byte[] jpeg = TestImages.encoded(400, 400, "jpeg");
    byte[] file = new byte[jpeg.length + 16];
    int afterJfif = 4 + (jpeg[5] & 0xFF);
    System.arraycopy(jpeg, 0, file, 0, afterJfif);
    file[afterJfif] = -1;
    file[afterJfif + 1] = (byte) 0xEE;
    System.arraycopy(marker, 0, file, afterJfif + 2, 14);
    System.arraycopy(jpeg, afterJfif, file, afterJfif + 16, jpeg.length - afterJfif);

    for (String size : List.of("40x40,png", "200x200,png")) {
      BufferedImage shown = render(file, size, NativeJpeg.find());
      assertNear(shown.getRGB(shown.getWidth() / 4, shown.getHeight() / 4), RED, 24);
    }
  }

  private int center(byte[] file, Optional<NativeJpeg> jpeg) throws Exception {
    return render(file, "32x32,png", jpeg).getRGB(16, 16);
  }

  private BufferedImage render(byte[] file, String specification, Optional<NativeJpeg> jpeg)
      throws Exception {
    ThumbnailRenderer renderer =
        new ThumbnailRenderer(
            new PixelBudget(10_000_000),
            new DecodeMemoryBudget(1 << 28),
            Duration.ofSeconds(60),
            jpeg);
    byte[] thumbnail =
        renderer
            .render(
                Files.write(directory.resolve("image"), file),
                List.of(Rendition.parse("t", specification)))
            .get(0)
            .content();
    return TestImages.asViewersShow(ImageIO.read(new ByteArrayInputStream(thumbnail)));
  }

  private static void assertNear(int actual, int expected, int tolerance) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(actual >> shift & 0xFF)
          .as("%08x for %06x", actual, expected)
          .isCloseTo(expected >> shift & 0xFF, within(tolerance));
    }
  }
}

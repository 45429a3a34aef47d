package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of colour, orientation and frames. */
class RightPixelsTest {
  private static final int RED = 0xFF0000;
  private static final int GREEN = 0x00FF00;
  private static final int BLUE = 0x0000FF;
  private static final int WHITE = 0xFFFFFF;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"png, 6", "webp, 6", "tiff, 6", "png, 8", "webp, 8", "tiff, 8", "png, 3", "tiff, 7"})
  void orientationIsReadFromEveryFormatThatCarriesIt(String format, int orientation)
      throws Exception {
    byte[] file =
        switch (format) {
          case "png" -> Corpus.pngWithOrientation(orientation);
          case "webp" -> Corpus.webpWithOrientation(orientation);
          default -> Corpus.tiffWithOrientation(orientation);
        };

    BufferedImage thumbnail = render(file, "96x96,png");

    int[] seen =
        switch (orientation) {
          case 6 -> new int[] {BLUE, RED, WHITE, GREEN};
          case 7 -> new int[] {WHITE, GREEN, BLUE, RED};
          case 8 -> new int[] {GREEN, WHITE, RED, BLUE};
          default -> new int[] {WHITE, BLUE, GREEN, RED};
        };
    for (int i = 0; i < 4; i++) {
      int x = thumbnail.getWidth() * (1 + 2 * (i % 2)) / 4;
      int y = thumbnail.getHeight() * (1 + 2 * (i / 2)) / 4;
      assertNear(thumbnail.getRGB(x, y), seen[i], 24);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png"})
  void linearRgbIsConverted(String format) throws Exception {
    assertNear(render(profiled(format, 0x373737, Corpus.linearRgb()), "32x32,png"), 0x808080, 4);
  }

  @ParameterizedTest
  @CsvSource({"jpeg, adobe", "png, adobe", "jpeg, p3", "png, p3"})
  void wideGamutColoursAreConvertedAsTheIccDefines(String format, String name) throws Exception {
    boolean adobe = name.equals("adobe");
    byte[] profile = adobe ? Corpus.adobeRgb() : Corpus.displayP3();
    // 0x806040 through gamma, the profile's matrix, XYZ at D50 and sRGB, in double precision.
    double[][] matrix =
        adobe
            ? new double[][] {
              {0.60974, 0.20528, 0.14919}, {0.31111, 0.62567, 0.06322}, {0.01947, 0.06087, 0.74457}
            }
            : new double[][] {
              {0.51512, 0.29198, 0.15710}, {0.24120, 0.69225, 0.06657}, {-0.00105, 0.04189, 0.78407}
            };
    int expected = toSrgb(new int[] {0x80, 0x60, 0x40}, matrix, 563 / 256.0);

    assertThat(expected).isNotEqualTo(0x806040);
    assertNear(render(profiled(format, 0x806040, profile), "32x32,png"), expected, 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png"})
  void brokenProfilesAreIgnored(String format) throws Exception {
    byte[] garbage = Arrays.copyOf(Corpus.adobeRgb(), 200);
    Arrays.fill(garbage, 130, 200, (byte) 0x7F);
    byte[] text = "this is no profile".getBytes(StandardCharsets.US_ASCII);

    assertNear(render(profiled(format, 0x808080, garbage), "32x32,png"), 0x808080, 3);
    assertNear(render(profiled(format, 0x808080, text), "32x32,png"), 0x808080, 3);
  }

  @Test
  void cmykWithAdobesInversionIsShownInItsColours() throws Exception {
    int red = render(Corpus.cmykJpeg(new int[] {0, 255, 255, 0}), "32x32,png").getRGB(9, 9);
    int paper = render(Corpus.cmykJpeg(new int[] {0, 0, 0, 0}), "32x32,png").getRGB(9, 9);

    assertNear(red, 0xF01020, 48);
    assertNear(paper, WHITE, 12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void sixteenBitsAreScaledWithoutChangingBrightness(int channels) throws Exception {
    assertNear(render(Corpus.wide(channels), "32x32,png"), 0x808080, 1);
  }

  @Test
  void greyKeepsItsBrightness() throws Exception {
    BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(
        ((java.awt.image.DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 100);

    assertNear(render(TestImages.encode(grey, "png"), "32x32,png"), 0x646464, 1);
    assertNear(render(TestImages.encode(grey, "jpeg"), "32x32,jpeg"), 0x646464, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void palettesAreLookedUpBeforeTheyAreResampled(int bits) throws Exception {
    BufferedImage thumbnail = render(Corpus.palette(bits), "32x32,png");

    assertNear(thumbnail.getRGB(4, 16), RED, 8);
    assertNear(thumbnail.getRGB(28, 16), GREEN, 8);
  }

  @Test
  void aGifShowsItsScreenNotItsFirstFrame() throws Exception {
    BufferedImage thumbnail = render(Corpus.gifWithOffsetFrame(), "60x60,png");

    assertThat(thumbnail.getWidth()).isEqualTo(60);
    assertThat(thumbnail.getRGB(10, 10) >>> 24).isZero();
    assertNear(thumbnail.getRGB(45, 45), RED, 8);
  }

  @Test
  void anIconShowsItsLargestImage() throws Exception {
    BufferedImage thumbnail = render(Corpus.icon(), "64x64,png");

    assertThat(thumbnail.getWidth()).isEqualTo(48);
    assertNear(thumbnail.getRGB(20, 20), GREEN, 8);
  }

  @Test
  void aJpegWithoutEndAndWithGarbageBetweenSegmentsIsShown() throws Exception {
    byte[] whole = TestImages.jpegWithOrientation(96, 48, 6);
    byte[] noEnd = Arrays.copyOf(whole, whole.length - 2);
    byte[] fill = new byte[whole.length + 3]; // fill bytes before the EXIF marker
    Arrays.fill(fill, 2, 5, (byte) 0xFF);
    System.arraycopy(whole, 0, fill, 0, 2);
    System.arraycopy(whole, 2, fill, 5, whole.length - 2);

    assertThat(render(noEnd, "96x96,png").getHeight()).isEqualTo(96);
    assertThat(render(fill, "96x96,png").getHeight()).isEqualTo(96);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "webp"})
  void metadataDoesNotReachTheThumbnail(String format) throws Exception {
    byte[] thumbnail =
        renderer(NativeJpeg.find())
            .render(
                write(TestImages.jpegWithOrientation(96, 48, 6)),
                List.of(Rendition.parse("m", "48x48," + format)))
            .get(0)
            .content();

    String text = new String(thumbnail, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("Exif").doesNotContain("eXIf").doesNotContain("EXIF");
  }

  @Test
  void autoWritesJpegForOpaqueAndWebpForTransparentImages() throws Exception {
    Rendition auto = Rendition.parse("a", "32x32,auto");
    BufferedImage clear = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
    ThumbnailRenderer renderer = renderer(NativeJpeg.find());

    OutputFormat opaque =
        renderer.render(write(TestImages.encoded(64, 64, "png")), List.of(auto)).get(0).format();
    OutputFormat transparent =
        renderer.render(write(TestImages.encode(clear, "png")), List.of(auto)).get(0).format();

    assertThat(opaque).isEqualTo(OutputFormat.JPEG);
    assertThat(transparent).isEqualTo(OutputFormat.WEBP);
  }

  @ParameterizedTest
  @CsvSource({"northwest, ff0000", "northeast, 00ff00", "southwest, 0000ff", "southeast, ffffff"})
  void gravityKeepsItsCorner(String gravity, String colour) throws Exception {
    // 20 by 20 out of 100 by 100 lies in one quadrant only when the crop is that of the corner
    BufferedImage wide = render(TestImages.encoded(400, 40, "png"), "20x20,cover,png," + gravity);

    int seen = wide.getRGB(10, gravity.startsWith("north") ? 4 : 15);
    assertNear(seen, Integer.parseInt(colour, 16), 24);
  }

  @Test
  void attentionFindsTheDetail() throws Exception {
    BufferedImage image = new BufferedImage(400, 100, BufferedImage.TYPE_INT_RGB);
    for (int y = 30; y < 70; y++) {
      for (int x = 320; x < 360; x++) {
        image.setRGB(x, y, (x / 5 + y / 5) % 2 == 0 ? 0xE0A080 : 0x802010);
      }
    }
    byte[] file = TestImages.encode(image, "png");

    assertThat(redSum(render(file, "50x50,cover,attention,png"))).isPositive();
    assertThat(redSum(render(file, "50x50,cover,png"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10x10,cover,jpeg,q=80,bg=ffffff",
        "10x10,cover,auto,q=80,bg=ffffff,northeast",
        "10x10,cover,webp,q=80,bg=ffffff,attention,enlarge"
      })
  void aSpecificationIsParsedBackToTheSameRendition(String specification) {
    assertThat(Rendition.parse("r", specification).specification()).isEqualTo(specification);
  }

  private static long redSum(BufferedImage image) {
    long sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        sum += image.getRGB(x, y) >> 16 & 0xFF;
      }
    }
    return sum;
  }

  private static byte[] profiled(String format, int rgb, byte[] profile) {
    BufferedImage image = Corpus.solid(rgb);
    return format.equals("jpeg")
        ? Corpus.jpegWithProfile(image, profile)
        : Corpus.pngWithProfile(image, profile);
  }

  private static int toSrgb(int[] colour, double[][] matrix, double gamma) {
    double[][] fromXyz = {
      {3.1338561, -1.6168667, -0.4906146},
      {-0.9787684, 1.9161415, 0.0334540},
      {0.0719453, -0.2289914, 1.4052427}
    };
    double[] linear = Arrays.stream(colour).mapToDouble(v -> Math.pow(v / 255.0, gamma)).toArray();
    double[] srgb = multiply(fromXyz, multiply(matrix, linear));
    int result = 0;
    for (double value : srgb) {
      double v = Math.max(0, Math.min(1, value));
      double encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
      result = result << 8 | (int) Math.round(encoded * 255);
    }
    return result;
  }

  private static double[] multiply(double[][] matrix, double[] vector) {
    double[] result = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        result[i] += matrix[i][j] * vector[j];
      }
    }
    return result;
  }

  /** Renders with and without libjpeg-turbo, and requires the same result. */
  private BufferedImage render(byte[] file, String specification) throws Exception {
    BufferedImage java = render(file, specification, Optional.empty());
    if (NativeJpeg.find().isPresent()) {
      BufferedImage fast = render(file, specification, NativeJpeg.find());
      assertThat(fast.getWidth()).isEqualTo(java.getWidth());
      assertNear(
          fast.getRGB(fast.getWidth() / 4, fast.getHeight() / 4),
          java.getRGB(java.getWidth() / 4, java.getHeight() / 4),
          6);
      return fast;
    }
    return java;
  }

  private BufferedImage render(byte[] file, String specification, Optional<NativeJpeg> jpeg)
      throws Exception {
    List<RenderedThumbnail> thumbnails =
        renderer(jpeg).render(write(file), List.of(Rendition.parse("t", specification)));
    return TestImages.asViewersShow(
        ImageIO.read(new ByteArrayInputStream(thumbnails.get(0).content())));
  }

  private static ThumbnailRenderer renderer(Optional<NativeJpeg> jpeg) {
    return new ThumbnailRenderer(
        new PixelBudget(10_000_000), new DecodeMemoryBudget(1 << 28), Duration.ofSeconds(60), jpeg);
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(directory.resolve("image"), content);
  }

  private static void assertNear(BufferedImage image, int rgb, int tolerance) {
    assertNear(image.getRGB(image.getWidth() / 2, image.getHeight() / 2), rgb, tolerance);
  }

  private static void assertNear(int actual, int expected, int tolerance) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(actual >> shift & 0xFF)
          .as("%08x for %06x", actual, expected)
          .isCloseTo(expected >> shift & 0xFF, within(tolerance));
    }
  }
}

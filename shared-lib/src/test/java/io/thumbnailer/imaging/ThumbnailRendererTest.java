package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailRendererTest {
  private static final Rendition PNG = Rendition.parse("test", "100x100,png");

  private final ThumbnailRenderer renderer =
      new ThumbnailRenderer(
          new PixelBudget(10_000_000), new DecodeMemoryBudget(1 << 28), Duration.ofSeconds(20));
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void rendersEveryFormatThatTheJdkWrites(String format) throws Exception {
    RenderedThumbnail thumbnail = render(TestImages.encoded(400, 200, format), PNG);

    assertThat(thumbnail.width()).isEqualTo(100);
    assertThat(thumbnail.height()).isEqualTo(50);
    assertQuadrants(thumbnail, Color.RED, Color.GREEN, Color.BLUE, Color.WHITE);
  }

  @ParameterizedTest
  @CsvSource({"jpeg", "png", "webp"})
  void writesEveryOutputFormatSoThatItCanBeReadAgain(String format) throws Exception {
    byte[] once =
        render(TestImages.encoded(400, 200, "png"), Rendition.parse("o", "200x200," + format))
            .content();

    assertQuadrants(render(once, PNG), Color.RED, Color.GREEN, Color.BLUE, Color.WHITE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void appliesTheExifOrientation(int orientation) throws Exception {
    // where the stored red, green, blue and white quadrants are to be seen
    Color r = Color.RED;
    Color g = Color.GREEN;
    Color b = Color.BLUE;
    Color w = Color.WHITE;
    Color[][] seen = {
      {r, g, b, w}, {g, r, w, b}, {w, b, g, r}, {b, w, r, g},
      {r, b, g, w}, {b, r, w, g}, {w, g, b, r}, {g, w, r, b}
    };

    RenderedThumbnail thumbnail =
        render(TestImages.jpegWithOrientation(400, 200, orientation), PNG);

    assertThat(thumbnail.width()).isEqualTo(orientation >= 5 ? 50 : 100);
    assertThat(thumbnail.height()).isEqualTo(orientation >= 5 ? 100 : 50);
    assertQuadrants(thumbnail, seen[orientation - 1]);
  }

  @Test
  void doesNotEnlargeUnlessAsked() throws Exception {
    byte[] small = TestImages.encoded(20, 10, "png");

    assertThat(render(small, PNG).width()).isEqualTo(20);
    assertThat(render(small, Rendition.parse("e", "100x100,png,enlarge")).width()).isEqualTo(100);
  }

  @Test
  void coverFillsTheBoxAndPadKeepsAllOfTheImage() throws Exception {
    byte[] image = TestImages.encoded(400, 200, "png");

    RenderedThumbnail cover = render(image, Rendition.parse("c", "60x90,cover,png"));
    RenderedThumbnail pad = render(image, Rendition.parse("p", "60x90,pad,png,bg=102030"));

    assertThat(List.of(cover.width(), cover.height())).containsExactly(60, 90);
    assertQuadrants(cover, Color.RED, Color.GREEN, Color.BLUE, Color.WHITE);
    assertThat(List.of(pad.width(), pad.height())).containsExactly(60, 90);
    assertThat(decode(pad).getRGB(1, 1) & 0xFFFFFF).isEqualTo(0x102030);
  }

  @Test
  void flattensAlphaOnTheBackgroundForJpegAndKeepsItForPng() throws Exception {
    BufferedImage clear = new BufferedImage(200, 200, BufferedImage.TYPE_INT_ARGB);
    byte[] image = TestImages.encode(clear, "png");

    BufferedImage jpeg = decode(render(image, Rendition.parse("j", "50x50,jpeg,q=95,bg=ff0000")));
    BufferedImage png = decode(render(image, PNG));

    assertNear(jpeg.getRGB(25, 25), Color.RED);
    assertThat(png.getRGB(25, 25) >>> 24).isZero();
  }

  @Test
  void transparentPixelsDoNotBleedIntoTheirNeighbours() throws Exception {
    BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 200; x++) {
        image.setRGB(x, y, (x / 7 + y / 7) % 2 == 0 ? 0xFFFF0000 : 0x0000FF00);
      }
    }

    BufferedImage thumbnail = decode(render(TestImages.encode(image, "png"), PNG));

    int pixel = thumbnail.getRGB(50, 50);
    assertThat(pixel >> 8 & 0xFF).as("green of %08x", pixel).isLessThan(8);
  }

  @Test
  void refusesAHeaderWithTooManyPixelsWithoutDecoding() {
    assertReason(TestImages.pngHeader(60_000, 60_000), ImagingException.Reason.TOO_MANY_PIXELS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello, I am a text", "<svg xmlns='http://www.w3.org/2000/svg'/>"})
  void refusesFilesThatAreNotImagesByTheirFirstBytes(String text) {
    assertReason(text.getBytes(StandardCharsets.UTF_8), ImagingException.Reason.UNSUPPORTED_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void truncatedAndMutatedFilesEndInAThumbnailOrADocumentedException(String format)
      throws Exception {
    byte[] whole = TestImages.encoded(64, 48, format);
    Random random = new Random(42);
    for (int i = 0; i < 60; i++) {
      byte[] mutated = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int j = 0; j < 4; j++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(render(mutated, PNG).content()).isNotEmpty();
      } catch (ImagingException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void stopsADecodeAtItsTimeout() throws IOException {
    ThumbnailRenderer impatient =
        new ThumbnailRenderer(
            new PixelBudget(10_000_000), new DecodeMemoryBudget(1 << 28), Duration.ZERO);
    Path file = write(TestImages.encoded(400, 200, "jpeg"));

    assertThatThrownBy(() -> impatient.render(file, List.of(PNG)))
        .isInstanceOf(ImagingException.class)
        .hasMessageContaining("takes longer");
  }

  private void assertReason(byte[] content, ImagingException.Reason reason) {
    assertThatThrownBy(() -> render(content, PNG))
        .isInstanceOfSatisfying(
            ImagingException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private RenderedThumbnail render(byte[] content, Rendition rendition) throws Exception {
    return renderer.render(write(content), List.of(rendition)).get(0);
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(directory.resolve("image"), content);
  }

  private static BufferedImage decode(RenderedThumbnail thumbnail) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(thumbnail.content()));
  }

  private static void assertQuadrants(RenderedThumbnail thumbnail, Color... colors)
      throws IOException {
    BufferedImage image = decode(thumbnail);
    for (int i = 0; i < 4; i++) {
      int x = image.getWidth() * (1 + 2 * (i % 2)) / 4;
      int y = image.getHeight() * (1 + 2 * (i / 2)) / 4;
      assertNear(image.getRGB(x, y), colors[i]);
    }
  }

  private static void assertNear(int pixel, Color expected) {
    Color actual = new Color(pixel);
    int distance =
        Math.abs(actual.getRed() - expected.getRed())
            + Math.abs(actual.getGreen() - expected.getGreen())
            + Math.abs(actual.getBlue() - expected.getBlue());
    assertThat(distance).as("%s for %s", actual, expected).isLessThan(24);
  }
}

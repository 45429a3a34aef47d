package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares thumbnails with a double-precision reference that uses every pixel. */
class QualityTest {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 700;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"zone, 300", "zone, 128", "lines, 300", "waves, 301", "waves, 77"})
  void resamplingDiffersFromTheReferenceByRoundingOnly(String chart, int box) throws Exception {
    BufferedImage image = chart(chart);
    RenderedThumbnail thumbnail =
        render(TestImages.encode(image, "png"), box + "x" + box + ",png", NativeJpeg.find());

    double[][] expected = reference(image, thumbnail.width(), thumbnail.height());
    assertThat(largestDifference(thumbnail, expected)).isLessThanOrEqualTo(1);
  }

  /** Rings that are finer than a thumbnail can show must become an even grey, not other rings. */
  @Test
  void aZonePlateDoesNotAlias() throws Exception {
    RenderedThumbnail thumbnail =
        render(Corpus.encodeJpeg(chart("zone"), 0.98f), "112x112,png", NativeJpeg.find());
    BufferedImage image = decode(thumbnail);
    double contrast = 0;
    for (int y = 2; y < 8; y++) {
      for (int x = 2; x < 8; x++) {
        contrast = Math.max(contrast, Math.abs((image.getRGB(x, y) & 0xFF) - 127.5));
      }
    }
    assertThat(contrast).as("contrast in the corner, whose rings are 2 pixels wide").isLessThan(24);
  }

  @ParameterizedTest
  @CsvSource({
    "waves, 400, 34",
    "waves, 112, 31",
    "waves, 77, 31",
    "zone, 400, 20",
    "zone, 200, 38"
  })
  void theNativeLibraryAndPureJavaShowTheSame(String chart, int box, double decibels)
      throws Exception {
    assumeThat(NativeJpeg.find()).as("libturbojpeg is not on this machine").isPresent();
    byte[] jpeg = Corpus.encodeJpeg(chart(chart), 0.92f);
    String specification = box + "x" + box + ",png";

    RenderedThumbnail fast = render(jpeg, specification, NativeJpeg.find());
    BufferedImage pure = decode(render(jpeg, specification, Optional.empty()));

    double[][] expected = new double[3][pure.getWidth() * pure.getHeight()];
    for (int i = 0; i < expected[0].length; i++) {
      int rgb = pure.getRGB(i % pure.getWidth(), i / pure.getWidth());
      for (int c = 0; c < 3; c++) {
        expected[c][i] = rgb >> (16 - 8 * c) & 0xFF;
      }
    }
    assertThat(psnr(fast, expected)).as("PSNR in dB").isGreaterThan(decibels);
  }

  private static BufferedImage chart(String name) {
    IntBinaryOperator pixel =
        switch (name) {
          case "zone" ->
              (x, y) -> {
                double dx = x - WIDTH / 2.0;
                double dy = y - HEIGHT / 2.0;
                int v = (int) Math.round(127.5 + 127.5 * Math.cos((dx * dx + dy * dy) / 364));
                return v * 0x010101;
              };
          case "lines" -> (x, y) -> x % 20 == 0 || y % 14 == 0 ? 0xFFFFFF : 0x102040;
          default ->
              (x, y) ->
                  wave(x * 0.11 + y * 0.02) << 16 | wave(x * 0.03 - y * 0.07) << 8 | wave(y * 0.05);
        };
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, pixel.applyAsInt(x, y));
      }
    }
    return image;
  }

  private static int wave(double phase) {
    return (int) Math.round(127.5 + 120 * Math.sin(phase));
  }

  /** Lanczos-3 over all pixels in one two-dimensional sum, in double precision. */
  private static double[][] reference(BufferedImage image, int width, int height) {
    double[][] result = new double[3][width * height];
    double[][] horizontal = new double[3][width * image.getHeight()];
    for (int x = 0; x < width; x++) {
      double[] w = weights(image.getWidth(), width, x);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int i = 0; i < w.length; i++) {
          if (w[i] != 0) {
            int rgb = image.getRGB(i, y);
            for (int c = 0; c < 3; c++) {
              horizontal[c][y * width + x] += w[i] * (rgb >> (16 - 8 * c) & 0xFF);
            }
          }
        }
      }
    }
    for (int y = 0; y < height; y++) {
      double[] w = weights(image.getHeight(), height, y);
      for (int i = 0; i < w.length; i++) {
        for (int x = 0; x < width && w[i] != 0; x++) {
          for (int c = 0; c < 3; c++) {
            result[c][y * width + x] += w[i] * horizontal[c][i * width + x];
          }
        }
      }
    }
    return result;
  }

  private static double[] weights(int source, int target, int at) {
    double scale = (double) source / target;
    double center = (at + 0.5) * scale;
    double[] weights = new double[source];
    double sum = 0;
    for (int i = 0; i < source; i++) {
      double x = (i + 0.5 - center) / scale;
      weights[i] = Math.abs(x) >= 3 ? 0 : sinc(x) * sinc(x / 3);
      sum += weights[i];
    }
    for (int i = 0; i < source; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double largestDifference(RenderedThumbnail thumbnail, double[][] expected)
      throws IOException {
    BufferedImage image = decode(thumbnail);
    double largest = 0;
    for (int i = 0; i < expected[0].length; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      for (int c = 0; c < 3; c++) {
        double wanted = Math.min(255, Math.max(0, expected[c][i]));
        largest = Math.max(largest, Math.abs((rgb >> (16 - 8 * c) & 0xFF) - wanted));
      }
    }
    return largest;
  }

  private static double psnr(RenderedThumbnail thumbnail, double[][] expected) throws IOException {
    BufferedImage image = decode(thumbnail);
    double squares = 0;
    for (int i = 0; i < expected[0].length; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      for (int c = 0; c < 3; c++) {
        double wanted = Math.min(255, Math.max(0, expected[c][i]));
        double difference = (rgb >> (16 - 8 * c) & 0xFF) - wanted;
        squares += difference * difference;
      }
    }
    return 10 * Math.log10(255.0 * 255.0 * 3 * expected[0].length / squares);
  }

  private RenderedThumbnail render(byte[] file, String specification, Optional<NativeJpeg> jpeg)
      throws Exception {
    Path path = Files.write(directory.resolve("image"), file);
    return new ThumbnailRenderer(
            new PixelBudget(10_000_000),
            new DecodeMemoryBudget(1 << 28),
            Duration.ofSeconds(60),
            jpeg)
        .render(path, List.of(Rendition.parse("q", specification)))
        .get(0);
  }

  private static BufferedImage decode(RenderedThumbnail thumbnail) throws IOException {
    return TestImages.asViewersShow(ImageIO.read(new ByteArrayInputStream(thumbnail.content())));
  }
}

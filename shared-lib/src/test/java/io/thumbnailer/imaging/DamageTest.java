package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.codec.webp.NativeWebp;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A file that is cut off is shown with a warning if it contains at least a quarter of the image.
 */
class DamageTest {
  private static final int SIDE = 200;
  private static final List<Rendition> RENDITIONS = List.of(Rendition.parse("s", "128x128,png"));

  @TempDir private Path directory;

  static Stream<String> formats() {
    return Stream.of("jpeg", "png", "gif", "bmp", "ppm", "tiff", "webp");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void mostOfAnImageIsShownWithAWarning(String format) throws Exception {
    byte[] file = file(format);

    List<RenderedThumbnail> thumbnails = render(Arrays.copyOf(file, file.length * 4 / 5));

    assertThat(thumbnails.get(0).warnings()).containsExactly(ImageWarning.TRUNCATED);
    int first = format.equals("bmp") ? 36 : 0; // whose first row is the lowest
    List<Integer> whole = ColourGrid.of(render(file).get(0)).means().subList(first, first + 12);
    List<Integer> part = ColourGrid.of(thumbnails.get(0)).means().subList(first, first + 12);
    for (int i = 0; i < part.size(); i++) {
      assertThat(part.get(i))
          .as("a colour of the quarter that was written first")
          .isCloseTo(whole.get(i), Offset.offset(12));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void tooSmallAPartOfAnImageFailsWithItsOwnCode(String format) throws Exception {
    byte[] file = file(format);

    assertThatThrownBy(() -> render(Arrays.copyOf(file, file.length / 6)))
        .isInstanceOfSatisfying(
            ImagingException.class,
            e -> assertThat(e.reason()).isEqualTo(ImagingException.Reason.TRUNCATED_IMAGE));
  }

  private List<RenderedThumbnail> render(byte[] file) throws Exception {
    Path path = Files.write(directory.resolve("image"), file);
    return new ThumbnailRenderer(
            new PixelBudget(100_000_000),
            new DecodeMemoryBudget(1L << 28),
            Duration.ofSeconds(60),
            Optional.<NativeJpeg>empty())
        .render(path, RENDITIONS);
  }

  private static byte[] file(String format) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int noise = (x * 31 + y * 17 + x * y) % 23;
        image.setRGB(x, y, (x + noise) << 16 | (y + noise) << 8 | (55 + noise));
      }
    }
    if (format.equals("ppm")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes("P6 %d %d 255\n".formatted(SIDE, SIDE).getBytes(StandardCharsets.US_ASCII));
      for (int rgb : image.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE)) {
        out.write(rgb >> 16);
        out.write(rgb >> 8);
        out.write(rgb);
      }
      return out.toByteArray();
    }
    if (format.equals("webp")) {
      Assumptions.assumeTrue(NativeWebp.find().isPresent(), "there is no libwebp");
      return Corpus.webp(image);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (format.equals("gif")) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}

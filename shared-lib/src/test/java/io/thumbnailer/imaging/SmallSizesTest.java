package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Images of 1x1 to 17x17 pixels look the same with libjpeg-turbo and in pure Java, whatever their
 * chroma subsampling. The two use different filters to fill in missing chroma, so that smooth
 * colours differ by up to 10 of 255 if it has half the resolution, and by up to 32 if it has a
 * quarter, for which libjpeg repeats samples.
 */
class SmallSizesTest {
  private static final int LARGEST = 17;

  private static final int MOST_AT_HALF = 10;
  private static final int MOST_AT_A_QUARTER = 32;
  private static final int MOST_BY_ENCODERS = 2;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 30",
    "1, 1, 90",
    "2, 1, 30",
    "2, 1, 90",
    "1, 2, 30",
    "1, 2, 90",
    "2, 2, 30",
    "2, 2, 90",
    "4, 1, 30",
    "4, 1, 90"
  })
  void aJpegDecodesToTheSameColours(int horizontal, int vertical, int quality) throws Exception {
    assumeTrue(NativeJpeg.find().isPresent(), "there is no libjpeg-turbo");
    Rendition rendition = Rendition.parse("r", "17x17,png");
    for (int width = 1; width <= LARGEST; width++) {
      for (int height = 1; height <= LARGEST; height++) {
        byte[] jpeg = jpeg(smooth(width, height), horizontal, vertical, quality);
        assertNear(
            render(jpeg, NativeJpeg.find(), rendition),
            render(jpeg, Optional.empty(), rendition),
            horizontal > 2 ? MOST_AT_A_QUARTER : MOST_AT_HALF);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"30", "80", "95"})
  void aThumbnailIsEncodedWithTheSameColours(int quality) throws Exception {
    assumeTrue(NativeJpeg.find().isPresent(), "there is no libjpeg-turbo");
    Rendition rendition = Rendition.parse("r", "17x17,jpeg,q=" + quality);
    for (int width = 1; width <= LARGEST; width++) {
      for (int height = 1; height <= LARGEST; height++) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(smooth(width, height), "png", png);
        assertNear(
            render(png.toByteArray(), NativeJpeg.find(), rendition),
            render(png.toByteArray(), Optional.empty(), rendition),
            MOST_BY_ENCODERS);
      }
    }
  }

  private static void assertNear(BufferedImage one, BufferedImage other, int admitted) {
    assertThat(other.getWidth()).isEqualTo(one.getWidth());
    assertThat(other.getHeight()).isEqualTo(one.getHeight());
    int most = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          int difference =
              (one.getRGB(x, y) >> shift & 0xFF) - (other.getRGB(x, y) >> shift & 0xFF);
          most = Math.max(most, Math.abs(difference));
        }
      }
    }
    assertThat(most)
        .as("the largest difference of %d x %d", one.getWidth(), one.getHeight())
        .isLessThanOrEqualTo(admitted);
  }

  private BufferedImage render(byte[] file, Optional<NativeJpeg> jpeg, Rendition rendition)
      throws Exception {
    Path path = Files.write(directory.resolve("image"), file);
    byte[] thumbnail =
        new ThumbnailRenderer(
                new PixelBudget(1000),
                new DecodeMemoryBudget(16 << 20),
                Duration.ofMinutes(1),
                jpeg)
            .render(path, List.of(rendition))
            .get(0)
            .content();
    return ImageIO.read(new ByteArrayInputStream(thumbnail));
  }

  private static BufferedImage smooth(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (40 + 9 * x) << 16 | (200 - 6 * x) << 8 | (60 + 9 * y));
      }
    }
    return image;
  }

  private static byte[] jpeg(BufferedImage image, int horizontal, int vertical, int quality)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality / 100f);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
      IIOMetadataNode root =
          (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
      IIOMetadataNode luma = (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
      luma.setAttribute("HsamplingFactor", Integer.toString(horizontal));
      luma.setAttribute("VsamplingFactor", Integer.toString(vertical));
      metadata.setFromTree(metadata.getNativeMetadataFormatName(), root);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}

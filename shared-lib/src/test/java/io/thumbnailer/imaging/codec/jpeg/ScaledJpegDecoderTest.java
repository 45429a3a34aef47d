package io.thumbnailer.imaging.codec.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thumbnailer.imaging.Corpus;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The means of blocks are those of the fully decoded image, however the file is coded. */
class ScaledJpegDecoderTest {
  private static final int WIDTH = 333;
  private static final int HEIGHT = 217;

  @ParameterizedTest
  @CsvSource({
    "false, false, 0",
    "true, false, 0",
    "false, true, 0",
    "true, true, 0",
    "false, false, 5"
  })
  void everySampleIsTheMeanOfItsBlock(boolean grey, boolean progressive, int restartInterval)
      throws IOException {
    byte[] file = encode(grey, progressive, restartInterval);

    PlanarImage eighth = ScaledJpegDecoder.decode(file, header(WIDTH, HEIGHT), 8).orElseThrow();

    assertThat(eighth.width()).isEqualTo(42);
    assertThat(eighth.planes()).hasSize(grey ? 1 : 3);
    Raster whole = raster(file);
    Plane luma = eighth.planes().get(0);
    for (int y = 0; y < HEIGHT / 8; y++) {
      for (int x = 0; x < WIDTH / 8; x++) {
        double sum = 0;
        for (int i = 0; i < 64; i++) {
          sum += whole.getSample(8 * x + i % 8, 8 * y + i / 8, 0);
        }
        // clipping and rounding in the full decode cause small differences
        assertThat((double) (luma.samples()[y * luma.width() + x] & 0xFF))
            .as("block %d, %d", x, y)
            .isCloseTo(sum / 64, within(1.5));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false, 0", "true, false, 0", "false, true, 0", "false, false, 7"})
  void theSamplesAreThoseOfLibjpegTurbo(boolean grey, boolean progressive, int restartInterval)
      throws IOException {
    if (NativeJpeg.find().isEmpty()) {
      return;
    }
    byte[] file = encode(grey, progressive, restartInterval);

    PlanarImage ours = ScaledJpegDecoder.decode(file, header(WIDTH, HEIGHT), 8).orElseThrow();
    PlanarImage theirs =
        NativeJpeg.find().get().decode(file, header(WIDTH, HEIGHT), 8).orElseThrow().image();

    for (int i = 0; i < ours.planes().size(); i++) {
      Plane a = ours.planes().get(i);
      Plane b = theirs.planes().get(i);
      for (int y = 0; y < Math.min(a.height(), b.height()); y++) {
        int count = Math.min(a.width(), b.width());
        assertThat(Arrays.copyOfRange(a.samples(), y * a.width(), y * a.width() + count))
            .isEqualTo(Arrays.copyOfRange(b.samples(), y * b.width(), y * b.width() + count));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 0", "false, 5"})
  void atAQuarterEverySampleIsNearTheMeanOfItsSixteenPixels(boolean grey, int restartInterval)
      throws IOException {
    byte[] file = encode(grey, false, restartInterval);

    PlanarImage quarter = ScaledJpegDecoder.decode(file, header(WIDTH, HEIGHT), 4).orElseThrow();

    assertThat(quarter.width()).isEqualTo(84);
    assertThat(quarter.height()).isEqualTo(55);
    Raster whole = raster(file);
    Plane luma = quarter.planes().get(0);
    double squares = 0;
    double withoutDetail = 0;
    PlanarImage eighth = ScaledJpegDecoder.decode(file, header(WIDTH, HEIGHT), 8).orElseThrow();
    Plane means = eighth.planes().get(0);
    for (int y = 0; y < HEIGHT / 4; y++) {
      for (int x = 0; x < WIDTH / 4; x++) {
        double sum = 0;
        for (int i = 0; i < 16; i++) {
          sum += whole.getSample(4 * x + i % 4, 4 * y + i / 4, 0);
        }
        squares += Math.pow((luma.samples()[y * luma.width() + x] & 0xFF) - sum / 16, 2);
        withoutDetail +=
            Math.pow((means.samples()[y / 2 * means.width() + x / 2] & 0xFF) - sum / 16, 2);
      }
    }
    double count = (WIDTH / 4.0) * (HEIGHT / 4.0);
    assertThat(Math.sqrt(squares / count)).as("root mean square error").isLessThan(4);
    assertThat(Math.sqrt(withoutDetail / count))
        .as("the same of the blocks' means")
        .isGreaterThan(12);
  }

  @Test
  void atAQuarterAProgressiveFileIsLeftToOtherDecoders() throws IOException {
    assertThat(ScaledJpegDecoder.decode(encode(false, true, 0), header(WIDTH, HEIGHT), 4))
        .isEmpty();
  }

  @Test
  void truncatedFilesAndOtherSizesAreLeftToOtherDecoders() throws IOException {
    byte[] file = encode(false, false, 0);

    assertThat(
            ScaledJpegDecoder.decode(
                Arrays.copyOf(file, file.length / 2), header(WIDTH, HEIGHT), 8))
        .isEmpty();
    assertThat(ScaledJpegDecoder.decode(file, header(WIDTH, HEIGHT + 1), 8)).isEmpty();
    assertThat(ScaledJpegDecoder.decode(Corpus.cmykJpeg(new int[4]), header(64, 64), 8)).isEmpty();
  }

  private static ImageHeader header(int width, int height) {
    return new ImageHeader(ImageFormat.JPEG, width, height, 1);
  }

  private static byte[] encode(boolean grey, boolean progressive, int restartInterval)
      throws IOException {
    BufferedImage image =
        new BufferedImage(
            WIDTH, HEIGHT, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int wave = (int) (127 + 90 * Math.sin(x * x / 900.0 + y / 7.0));
        image.setRGB(x, y, wave << 16 | (x * 3 & 0xFF) << 8 | ((x ^ y) & 0x7F));
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(0.9f);
    if (progressive) {
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
    if (restartInterval > 0) {
      String format = "javax_imageio_jpeg_image_1.0";
      IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
      IIOMetadataNode interval = new IIOMetadataNode("dri");
      interval.setAttribute("interval", Integer.toString(restartInterval));
      root.getLastChild().insertBefore(interval, root.getLastChild().getFirstChild());
      metadata.setFromTree(format, root);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static Raster raster(byte[] file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      return reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
  }
}

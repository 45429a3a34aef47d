package io.thumbnailer.imaging.codec.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.codec.BufferedImagePlanes;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.raster.Decoded;
import io.thumbnailer.imaging.raster.PlanarImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG is read and written with the same pixels as by ImageIO. */
class PngTest {
  private static final int WIDTH = 131;
  private static final int HEIGHT = 67;

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void everyPixelIsReadAsImageioWroteItAndWrittenSoThatImageioReadsIt(int type) throws IOException {
    BufferedImage image = image(type);

    PlanarImage decoded = decode(TestImages.encode(image, "png")).image();
    BufferedImage again = ImageIO.read(new ByteArrayInputStream(PngEncoder.encode(decoded)));

    assertThat(decoded.planes()).hasSize(type == BufferedImage.TYPE_BYTE_GRAY ? 1 : channels(type));
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int[] expected = image.getRaster().getPixel(x, y, (int[]) null);
        // invisible colours are lost, and nearly invisible ones lose precision
        if (expected.length < 4 || expected[3] == 255) {
          assertThat(again.getRaster().getPixel(x, y, (int[]) null))
              .as("pixel %d, %d", x, y)
              .isEqualTo(expected);
        } else {
          assertThat(again.getRaster().getSample(x, y, 3)).isEqualTo(expected[3]);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void everyFilterIsUndone(int filter) throws IOException {
    Random random = new Random(1);
    byte[] above = new byte[1 + 12];
    byte[] row = new byte[1 + 12];
    random.nextBytes(above);
    random.nextBytes(row);
    byte[] filtered = new byte[row.length];
    filtered[0] = (byte) filter;
    for (int i = 1; i < row.length; i++) {
      int left = i > 3 ? row[i - 3] & 0xFF : 0;
      int corner = i > 3 ? above[i - 3] & 0xFF : 0;
      int[] predictions = {
        0, left, above[i] & 0xFF, (left + (above[i] & 0xFF)) / 2, paeth(left, above[i], corner)
      };
      filtered[i] = (byte) (row[i] - predictions[filter]);
    }

    PngFilter.undo(filtered, above, 3);

    assertThat(Arrays.copyOfRange(filtered, 1, filtered.length))
        .isEqualTo(Arrays.copyOfRange(row, 1, row.length));
  }

  @Test
  void anUnknownFilterIsAnError() {
    byte[] row = {5, 1, 2, 3};

    assertThatThrownBy(() -> PngFilter.undo(row, new byte[4], 3)).isInstanceOf(IOException.class);
  }

  @Test
  void aPhotographIsFilteredAndADrawingIsNot() throws Exception {
    BufferedImage photograph = new BufferedImage(300, 200, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage drawing = new BufferedImage(300, 200, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(3);
    long[] letters = random.longs(6).toArray();
    int[] text = random.ints(38 * 25, 0, letters.length).toArray();
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 300; x++) {
        int grey = 60 + x / 3 + y / 4 + random.nextInt(4);
        photograph.setRGB(x, y, grey << 16 | grey << 8 | grey);
        long letter = letters[text[y / 8 * 38 + x / 8]];
        drawing.setRGB(x, y, (letter >> (y % 8 * 8 + x % 8) & 1) == 0 ? 0x1F2937 : 0xF3F4F6);
      }
    }

    assertThat(filters(PngEncoder.encode(BufferedImagePlanes.split(photograph, Optional.empty()))))
        .containsOnly(4)
        .hasSize(200);
    assertThat(filters(PngEncoder.encode(BufferedImagePlanes.split(drawing, Optional.empty()))))
        .containsOnly(0)
        .hasSize(200);
  }

  @Test
  void missingRowsAreTransparent() throws IOException {
    BufferedImage image = image(BufferedImage.TYPE_3BYTE_BGR);
    byte[] file = TestImages.encode(image, "png");

    Decoded decoded = decode(Arrays.copyOf(file, file.length / 2));

    assertThat(decoded.arrived()).isBetween(0.05, 0.95);
    assertThat(decoded.endedEarly()).isTrue();
    int rows = (int) Math.round(decoded.arrived() * HEIGHT);
    byte[] alpha = decoded.image().planes().get(3).samples();
    for (int y = 0; y < HEIGHT; y++) {
      assertThat(alpha[y * WIDTH]).as("row %d", y).isEqualTo((byte) (y < rows ? -1 : 0));
    }
    assertThat(decoded.image().planes().get(0).samples()[(rows - 1) * WIDTH])
        .isEqualTo((byte) (image.getRGB(0, rows - 1) >> 16));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1", "0, 2", "0, 4", "0, 8", "0, 16", "2, 8", "2, 16", "3, 1", "3, 2", "3, 4", "3, 8",
    "4, 8", "4, 16", "6, 8", "6, 16"
  })
  void everyColourTypeAndDepthIsReadInterlacedOrNot(int colourType, int depth) throws IOException {
    for (int[] size : new int[][] {{37, 29}, {1, 1}, {3, 2}, {5, 9}, {64, 1}, {1, 64}}) {
      for (boolean transparency : new boolean[] {false, true}) {
        PngMaker maker = new PngMaker(size[0], size[1], colourType, depth, transparency);
        PlanarImage plain = decode(maker.encode(false), size[0], size[1]).image();
        PlanarImage interlaced = decode(maker.encode(true), size[0], size[1]).image();

        for (int c = 0; c < plain.planes().size(); c++) {
          assertThat(interlaced.planes().get(c).samples())
              .as("plane %d of %d x %d", c, size[0], size[1])
              .isEqualTo(plain.planes().get(c).samples());
        }
        maker.assertShows(plain);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4, 6})
  void anInterlacedImageThatIsCutOffShowsItsFirstPasses(int colourType) throws IOException {
    PngMaker maker = new PngMaker(64, 64, colourType, 8, false);
    byte[] file = maker.encode(true);

    Decoded half = decode(Arrays.copyOf(file, file.length / 2), 64, 64);
    Decoded little =
        decode(Arrays.copyOf(file, file.length / 200 + (colourType == 3 ? 850 : 50)), 64, 64);

    assertThat(half.arrived()).as("every row, coarsely").isEqualTo(1);
    assertThat(half.incomplete()).isTrue();
    assertThat(little.arrived()).isLessThan(1);
  }

  private static int paeth(int left, byte upper, int corner) {
    int estimate = left + (upper & 0xFF) - corner;
    return IntStream.of(left, upper & 0xFF, corner)
        .boxed()
        .min(Comparator.comparingInt(value -> Math.abs(estimate - value)))
        .orElseThrow();
  }

  /** The filters of the rows of an RGB image, 300 pixels wide, in a single IDAT chunk. */
  private static List<Integer> filters(byte[] png) throws DataFormatException {
    ByteBuffer file = ByteBuffer.wrap(png).position(8 + 25);
    int length = file.getInt();
    Inflater inflater = new Inflater();
    inflater.setInput(png, file.position() + 4, length);
    List<Integer> filters = new ArrayList<>();
    byte[] row = new byte[1 + 300 * 3];
    while (inflater.inflate(row) == row.length) {
      filters.add((int) row[0]);
    }
    inflater.end();
    return filters;
  }

  private static int channels(int type) {
    return type == BufferedImage.TYPE_3BYTE_BGR ? 3 : 4;
  }

  private static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Random random = new Random(2);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
          int value = y < 20 ? random.nextInt(256) : y < 40 ? x + band * 9 : x * y / 40 + band;
          image.getRaster().setSample(x, y, band, band == 3 && x > 20 ? 255 : value & 0xFF);
        }
      }
    }
    return image;
  }

  private static Decoded decode(byte[] file) throws IOException {
    return decode(file, WIDTH, HEIGHT);
  }

  private static Decoded decode(byte[] file, int width, int height) throws IOException {
    return PngDecoder.decode(
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file)),
        new ImageHeader(ImageFormat.PNG, width, height, 1),
        Optional.empty(),
        1);
  }
}

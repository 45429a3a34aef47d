package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.devservices.pictures.TestPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG is read and written as ImageIO does it, pixel by pixel. */
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
    BufferedImage image = picture(type);

    PlanarImage decoded = decode(TestPictures.encode(image, "png")).orElseThrow();
    BufferedImage again = ImageIO.read(new ByteArrayInputStream(PngEncoder.encode(decoded)));

    assertThat(decoded.planes()).hasSize(type == BufferedImage.TYPE_BYTE_GRAY ? 1 : channels(type));
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int[] expected = image.getRaster().getPixel(x, y, (int[]) null);
        // what alpha hides is lost, and a part of what it nearly hides
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

  @Test
  void everyFilterIsUndone() throws IOException {
    Random random = new Random(1);
    byte[] above = new byte[1 + 12];
    byte[] row = new byte[1 + 12];
    random.nextBytes(above);
    random.nextBytes(row);
    byte[] filtered = new byte[row.length];

    PngFilter.sub(row, 3, filtered);
    assertUndone(filtered, above, row);
    PngFilter.up(row, above, filtered);
    assertUndone(filtered, above, row);
    PngFilter.paeth(row, above, 3, filtered);
    assertUndone(filtered, above, row);
    filtered[0] = 3;
    for (int i = 1; i < row.length; i++) {
      int left = i > 3 ? row[i - 3] & 0xFF : 0;
      filtered[i] = (byte) (row[i] - (left + (above[i] & 0xFF)) / 2);
    }
    assertUndone(filtered, above, row);
    filtered[0] = 5;
    assertThatThrownBy(() -> PngFilter.undo(filtered, above, 3)).isInstanceOf(IOException.class);
  }

  @Test
  void fewerPixelsThanPromisedAreAnError() throws IOException {
    byte[] file = TestPictures.encode(picture(BufferedImage.TYPE_3BYTE_BGR), "png");

    assertThatThrownBy(() -> decode(Arrays.copyOf(file, file.length / 2)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void palettesDeepAndInterlacedImagesAreLeftToImageio() throws IOException {
    assertThat(decode(Corpus.palette(4), 64, 64)).isEmpty();
    assertThat(decode(Corpus.wide(3), 64, 64)).isEmpty();
    assertThat(decode(Corpus.files().get("interlaced.png"), 96, 48)).isEmpty();
  }

  private static void assertUndone(byte[] filtered, byte[] above, byte[] row) throws IOException {
    byte[] copy = filtered.clone();
    PngFilter.undo(copy, above, 3);
    assertThat(Arrays.copyOfRange(copy, 1, copy.length))
        .isEqualTo(Arrays.copyOfRange(row, 1, row.length));
  }

  private static int channels(int type) {
    return type == BufferedImage.TYPE_3BYTE_BGR ? 3 : 4;
  }

  private static BufferedImage picture(int type) {
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

  private static Optional<PlanarImage> decode(byte[] file) throws IOException {
    return decode(file, WIDTH, HEIGHT);
  }

  private static Optional<PlanarImage> decode(byte[] file, int width, int height)
      throws IOException {
    return PngDecoder.decode(
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file)),
        new ImageHeader(ImageFormat.PNG, width, height, 1));
  }
}

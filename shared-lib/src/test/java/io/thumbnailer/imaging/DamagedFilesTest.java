package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.model.ImageWarning;
import io.thumbnailer.imaging.model.ImagingException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kinds of files that libraries decode without reporting damage: a thumbnail has a warning about
 * what is missing, whatever decodes it.
 */
class DamagedFilesTest {
  @TempDir private Path directory;

  static Stream<Arguments> files() {
    Stream<String[]> files =
        Stream.of(
            new String[] {"fax-g3.tif", "fax.png"},
            new String[] {"fax-g3-2d.tif", "fax.png"},
            new String[] {"fax-g4.tif", "fax.png"},
            new String[] {"fax-rle.tif", "fax.png"},
            new String[] {"jpeg.tif", "image.png"},
            new String[] {"jpeg-cmyk.tif", "image.png"},
            new String[] {"jpeg-planar.tif", "image.png"},
            new String[] {"jpeg-old.tif", "image.png"},
            new String[] {"deflate.tif", "image.png"},
            new String[] {"ycc.tif", "image.png"},
            new String[] {"it32.icns", "image.png"},
            new String[] {"ic05.icns", "image.png"},
            new String[] {"arithmetic.jpg", "image.png"});
    return files.flatMap(
        file ->
            ColourGrid.jpegDecoders()
                // Not every JDK reads arithmetic coding.
                .filter(jpeg -> jpeg.isPresent() || !file[0].startsWith("arithmetic"))
                .map(jpeg -> Arguments.of(file[0], file[1], jpeg)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aWholeFileShowsItsImageWithoutAWarning(String name, String same, Optional<NativeJpeg> jpeg)
      throws Exception {
    ColourGrid image =
        ColourGrid.of(TestImages.asViewersShow(ImageIO.read(new ByteArrayInputStream(file(same)))));

    for (RenderedThumbnail thumbnail : render(file(name), jpeg)) {
      ColourGrid.of(thumbnail).assertNear(image, name);
      assertThat(thumbnail.warnings()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileWithoutItsLastFifthIsShownWithAWarning(
      String name, String same, Optional<NativeJpeg> jpeg) throws Exception {
    byte[] file = file(name);
    List<Integer> whole = ColourGrid.of(render(file, jpeg).get(1)).means();

    RenderedThumbnail part = render(Arrays.copyOf(file, file.length * 4 / 5), jpeg).get(1);

    assertThat(part.warnings()).containsExactly(ImageWarning.TRUNCATED);
    List<Integer> means = ColourGrid.of(part).means();
    assertThat(means).as("the image without its end").isNotEqualTo(whole);
    for (int i = 0; i < 12; i++) {
      assertThat(means.get(i)).as("a colour of the first quarter").isCloseTo(whole.get(i), near());
    }
  }

  private static Offset<Integer> near() {
    return Offset.offset(12);
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileWithTooFewRowsFailsAsTruncated(String name, String same, Optional<NativeJpeg> jpeg)
      throws Exception {
    byte[] file = file(name);
    int data = name.endsWith("tif") ? firstStrip(file) : 0;
    byte[] part = Arrays.copyOf(file, data + (file.length - data) / 8);

    assertThatThrownBy(() -> render(part, jpeg))
        .isInstanceOfSatisfying(
            ImagingException.class,
            e -> assertThat(e.reason()).isEqualTo(ImagingException.Reason.TRUNCATED_IMAGE));
  }

  /** The position of the pixels in a TIFF. */
  private static int firstStrip(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    in.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int entry = in.getInt(4) + 2;
    while (in.getShort(entry) != 273) {
      entry += 12;
    }
    int value = in.getInt(entry + 8);
    return in.getInt(entry + 4) == 1 ? value : in.getInt(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image.png", "fax.png", "deflate.tif"})
  void aChangedFileWithChecksumsIsNeverShownWithoutAWarning(String name) throws Exception {
    byte[] file = file(name);
    int data =
        name.endsWith("png")
            ? new String(file, StandardCharsets.ISO_8859_1).indexOf("IDAT") + 6
            : firstStrip(file);
    List<RenderedThumbnail> whole = render(file, Optional.empty());
    Random random = new Random(20);
    int shown = 0;
    for (int i = 0; i < 40; i++) {
      byte[] changed = file.clone();
      changed[data + random.nextInt(file.length - data - 20)] ^= (byte) (1 << random.nextInt(8));
      try {
        List<RenderedThumbnail> thumbnails = render(changed, Optional.empty());
        boolean same = Arrays.equals(thumbnails.get(1).content(), whole.get(1).content());
        assertThat(same || !thumbnails.get(1).warnings().isEmpty()).as("change %d", i).isTrue();
        shown += same ? 0 : 1;
      } catch (ImagingException e) {
        assertThat(e.reason())
            .isIn(
                ImagingException.Reason.UNREADABLE_IMAGE, ImagingException.Reason.TRUNCATED_IMAGE);
      }
    }
    assertThat(shown).as("changed files that still show an image").isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fax-g3.tif", "fax-g3-2d.tif"})
  void aFaxContinuesAfterCorruptRows(String name) throws Exception {
    byte[] file = file(name);
    int middle = file.length / 2;
    Arrays.fill(file, middle, middle + 8, (byte) 0x55);

    RenderedThumbnail thumbnail = render(file, Optional.empty()).get(1);

    assertThat(thumbnail.warnings()).containsExactly(ImageWarning.CORRUPT);
    List<Integer> whole = ColourGrid.of(render(file(name), Optional.empty()).get(1)).means();
    List<Integer> means = ColourGrid.of(thumbnail).means();
    for (int i = 36; i < 48; i++) {
      assertThat(means.get(i))
          .as("a colour of the last quarter, which may have moved by some rows")
          .isCloseTo(whole.get(i), Offset.offset(32));
    }
  }

  private List<RenderedThumbnail> render(byte[] file, Optional<NativeJpeg> jpeg) throws Exception {
    return ColourGrid.render(Files.write(directory.resolve("image"), file), jpeg);
  }

  private static byte[] file(String name) {
    return Corpus.resource("/damage/" + name);
  }
}

package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thumbnailer.imaging.codec.heif.NativeHeif;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.ImageFormat;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImagingException;
import io.thumbnailer.imaging.model.OutputFormat;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HEIC and AVIF, with files that heif-enc 1.15 created from the images of the tests. */
class HeifTest {
  private static final int RED = 0xFF0000;
  private static final int GREEN = 0x00FF00;
  private static final int BLUE = 0x0000FF;
  private static final int WHITE = 0xFFFFFF;

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final DecodeMemoryBudget MEMORY = new DecodeMemoryBudget(16 << 20);
  private static final Set<ImageFormat> BOTH = EnumSet.of(ImageFormat.HEIC, ImageFormat.AVIF);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"plain.heic", "plain.avif"})
  void thePrimaryImageIsShown(String name) throws Exception {
    ImageHeader header = new ImageProbe(LIMIT, MEMORY, BOTH).probe(write(Corpus.resource(name)));
    assertThat(header.format())
        .isEqualTo(name.endsWith("heic") ? ImageFormat.HEIC : ImageFormat.AVIF);
    assertThat(header.displayWidth()).isEqualTo(96);
    assertThat(header.displayHeight()).isEqualTo(48);

    assertQuadrants(render(Corpus.resource(name)), RED, GREEN, BLUE, WHITE);
  }

  @ParameterizedTest
  @CsvSource({"opaque.png, false", "transparent.png, true"})
  void aThumbnailCanBeWrittenAsAvif(String name, boolean alpha) throws Exception {
    assumeTrue(NativeHeif.find().flatMap(NativeHeif::avifEncoder).isPresent(), "no AV1 encoder");
    BufferedImage image =
        new BufferedImage(61, 43, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 43; y++) {
      for (int x = 0; x < 61; x++) {
        int opacity = alpha && x > 30 ? 0x80 : 0xFF;
        image.setRGB(x, y, opacity << 24 | (x < 31 ? 0xC02040 : 0x2040C0));
      }
    }
    Path file = directory.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    RenderedThumbnail thumbnail =
        new ThumbnailRenderer(new PixelBudget(10_000_000), new DecodeMemoryBudget(1 << 28), LIMIT)
            .render(file, List.of(Rendition.parse("small", "61x43,avif,q=90")))
            .get(0);
    assertThat(thumbnail.format()).isEqualTo(OutputFormat.AVIF);
    assertThat(new String(thumbnail.content(), 4, 8, StandardCharsets.US_ASCII))
        .isEqualTo("ftypavif");

    BufferedImage read = render(thumbnail.content());
    assertThat(read.getWidth()).isEqualTo(61);
    assertThat(read.getHeight()).isEqualTo(43);
    assertNear(read.getRGB(10, 20), 0xC02040, 12);
    assertThat(read.getRGB(50, 20) >>> 24).isCloseTo(alpha ? 0x80 : 0xFF, within(2));
  }

  /** irot rotates anticlockwise; imir 1 exchanges left and right, 0 top and bottom. */
  @ParameterizedTest
  @CsvSource({
    "plain.avif, irot, 1, 00ff00, ffffff, ff0000, 0000ff",
    "plain.heic, irot, 3, 0000ff, ff0000, ffffff, 00ff00",
    "plain.avif, irot, 2, ffffff, 0000ff, 00ff00, ff0000",
    "plain.avif, imir, 1, 00ff00, ff0000, ffffff, 0000ff"
  })
  void rotationAndMirrorAreThoseOfTheFile(
      String name, String property, int value, String a, String b, String c, String d)
      throws Exception {
    byte[] file = withProperty(Corpus.resource(name), property, value);

    ImageHeader header = new ImageProbe(LIMIT, MEMORY, BOTH).probe(write(file));
    boolean turned = property.equals("irot") && value % 2 == 1;
    assertThat(header.width()).isEqualTo(turned ? 48 : 96);
    BufferedImage shown = render(file);
    assertThat(shown.getWidth() < shown.getHeight()).isEqualTo(turned);
    assertQuadrants(shown, rgb(a), rgb(b), rgb(c), rgb(d));
  }

  /** Writers of AVIF put it into any order. */
  @Test
  void aRotationMayStandBeforeTheSize() throws Exception {
    byte[] file = plain().with(HeifFile.box("irot", new byte[] {1})).withDataBehind();

    assertThat(size(file)).isEqualTo(48);
    BufferedImage shown = render(file);
    assertThat(shown.getWidth()).isLessThan(shown.getHeight());
    assertQuadrants(shown, GREEN, WHITE, RED, BLUE);
  }

  @Test
  void aCropMayStandBeforeTheSize() throws Exception {
    byte[] lowerRight = HeifFile.numbers(4, 48, 1, 24, 1, 24, 1, 12, 1);
    byte[] file = plain().with(HeifFile.box("clap", lowerRight)).withDataBehind();

    assertThat(size(file)).isEqualTo(48);
    assertQuadrants(render(file), WHITE, WHITE, WHITE, WHITE);
  }

  @Test
  void theStillImageOfASequenceIsShown() throws Exception {
    byte[] file = plain().withDataBehind();
    System.arraycopy("avis".getBytes(StandardCharsets.US_ASCII), 0, file, 8, 4);
    System.arraycopy("msf1".getBytes(StandardCharsets.US_ASCII), 0, file, 16, 4);

    assertQuadrants(render(file), RED, GREEN, BLUE, WHITE);
  }

  @Test
  void aSequenceWithoutAStillImageIsRefusedByThatName() throws Exception {
    byte[] file = HeifFile.join(HeifFile.file("avis"), HeifFile.box("moov"));

    assertThatThrownBy(() -> size(file))
        .isInstanceOfSatisfying(
            ImagingException.class,
            e -> assertThat(e.reason()).isEqualTo(ImagingException.Reason.UNSUPPORTED_TYPE))
        .hasMessageContaining("sequence without a still image");
  }

  /** It is not decoded, so its size does not matter. */
  @Test
  void anotherImageInTheFileMayBeLargerThanThePrimaryOne() throws Exception {
    byte[] avif = Corpus.resource("plain.avif");
    byte[] file =
        plain()
            .image(6000, 4000, HeifFile.find(avif, "av1C"), HeifFile.contents(avif, "mdat"))
            .withDataBehind();

    assertQuadrants(render(file), RED, GREEN, BLUE, WHITE);
  }

  private static HeifFile plain() throws Exception {
    byte[] avif = Corpus.resource("plain.avif");
    return HeifFile.like("avif")
        .image(96, 48, HeifFile.find(avif, "av1C"), HeifFile.contents(avif, "mdat"));
  }

  /** libheif 1.15 decodes no copies. */
  @Test
  void aCopyOfAnImageIsShownWithItsOwnTransformations() throws Exception {
    byte[] file =
        plain()
            .with(HeifFile.box("imir", new byte[] {1}))
            .derived("iden", new byte[0], HeifFile.box("irot", new byte[] {1}))
            .withDataBehind();

    assertThat(size(file)).isEqualTo(48);
    assertQuadrants(render(file), RED, BLUE, GREEN, WHITE);
  }

  @Test
  void anOverlayIsShown() throws Exception {
    assertQuadrants(render(overlay(96, 96)), WHITE, RED, WHITE, BLUE);
  }

  @Test
  void aCanvasLargerThanStatedIsRefusedAtUpload() throws Exception {
    byte[] file = overlay(96, 4000);
    assertThatThrownBy(() -> size(file)).hasMessage("a canvas of 4000 x 48 in a smaller image");
  }

  /** The image covers the right half of a white canvas. */
  private static byte[] overlay(int stated, int width) throws Exception {
    byte[] description =
        HeifFile.join(
            new byte[2],
            HeifFile.numbers(2, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF),
            HeifFile.numbers(2, width, 48, 48, 0));
    return plain()
        .derived("iovl", description, HeifFile.full("ispe", 0, HeifFile.numbers(4, stated, 48)))
        .withDataBehind();
  }

  /** libheif 1.15 mirrors only 8 bits per sample. */
  @Test
  void tenBitsAreMirrored() throws Exception {
    byte[] file = withProperty(Corpus.resource("ten.heic"), "imir", 1);
    assertNear(render(file).getRGB(32, 32), 0x808080, 2);
  }

  /** libheif 1.15 finds nothing in a box without a length, and reads no unknown groups. */
  @Test
  void theMetadataMayEndWithTheFileAndContainGroups() throws Exception {
    byte[] file =
        plain()
            .grouped(HeifFile.full("pymd", 0, HeifFile.numbers(4, 2, 1, 1), new byte[16]))
            .withDataInside();
    int meta = indexOf(file, "meta") - 4;
    java.util.Arrays.fill(file, meta, meta + 4, (byte) 0);

    assertQuadrants(render(file), RED, GREEN, BLUE, WHITE);
  }

  @Test
  void greyWithALimitedRangeIsExpanded() throws Exception {
    BufferedImage shown = render(Corpus.resource("limited-grey.avif"));

    assertQuadrants(shown, 0x808080, 0x7B7B7B, 0x5F5F5F, 0xE0E0E0);
    assertNear(shown.getRGB(48, 48), 0xE0E0E0, 2);
  }

  @Test
  void alphaWithALimitedRangeIsExpanded() throws Exception {
    byte[] limited = Corpus.resource("limited-grey.avif");
    byte[] grey = HeifFile.contents(limited, "mdat");
    byte[] configuration = HeifFile.find(limited, "av1C");
    byte[] file =
        HeifFile.like("avif")
            .image(64, 64, configuration, grey)
            .image(64, 64, configuration, grey)
            .asAlpha()
            .withDataBehind();

    BufferedImage shown = render(file);
    assertThat(shown.getRGB(16, 16) >>> 24).isCloseTo(0x80, within(2));
    assertThat(shown.getRGB(48, 48) >>> 24).isCloseTo(0xE0, within(2));
  }

  /** libheif's limit for sides is an exclusive one. */
  @Test
  void anImageOfMoreThan4096PixelsInOneRowIsDecoded() throws Exception {
    assertNear(render(Corpus.resource("wide.avif")).getRGB(48, 0), 0x0080FF, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpha.heic", "alpha.avif"})
  void alphaIsKept(String name) throws Exception {
    BufferedImage shown = render(Corpus.resource(name));

    assertThat(shown.getRGB(16, 32) >>> 24).isCloseTo(128, within(2));
    assertNear(shown.getRGB(16, 32), RED, 6);
    assertThat(shown.getRGB(48, 32) >>> 24).isEqualTo(255);
    assertNear(shown.getRGB(48, 32), BLUE, 6);
  }

  @Test
  void tenBitsAreScaledAndAProfileIsApplied() throws Exception {
    assertNear(render(Corpus.resource("ten.heic")).getRGB(32, 32), 0x808080, 2);
    int adobe = render(Corpus.resource("profile.heic")).getRGB(32, 32);
    assertNear(adobe, 0x808080, 4); // grey is the same in Adobe RGB
  }

  @Test
  void coloursGivenAsCodePointsAreConverted() throws Exception {
    assertNear(render(Corpus.resource("colour.avif")).getRGB(32, 32), 0xC86432, 2);
    byte[] p3 = withColours(Corpus.resource("colour.avif"), 12, 13);
    assertNear(render(p3).getRGB(32, 32), 0xD75D1F, 2);
  }

  /** The colours are those that Chromium shows. */
  @Test
  void highDynamicRangeIsMappedToSrgbAsInBrowsers() throws Exception {
    byte[] grey = Corpus.resource("grey.avif");
    assertNear(render(withColours(grey, 9, 16)).getRGB(32, 32), 0x848484, 2);
    assertNear(render(withColours(grey, 9, 18)).getRGB(32, 32), 0x636363, 2);
  }

  /** The level, here 256 cd/m2, decides how much is compressed. */
  @Test
  void theContentLightLevelIsUsedAsInBrowsers() throws Exception {
    byte[] grey = withColours(Corpus.resource("grey.avif"), 9, 16);
    assertNear(render(withProperty(grey, "clli", 1)).getRGB(32, 32), 0xAFAFAF, 2);
  }

  /** What is compressed is the largest of three, so that colours keep their hue. */
  @Test
  void highDynamicRangeKeepsTheHue() throws Exception {
    byte[] colour = Corpus.resource("colour.avif");
    assertNear(render(withColours(colour, 9, 16)).getRGB(32, 32), 0xFF0000, 4);
    assertNear(render(withColours(colour, 9, 18)).getRGB(32, 32), 0xE63011, 4);
  }

  @Test
  void televisionCurvesAreTreatedAsSrgbAsInBrowsers() throws Exception {
    assertNear(render(withColours(Corpus.resource("grey.avif"), 1, 1)).getRGB(32, 32), 0x808080, 1);
    assertNear(
        render(withColours(Corpus.resource("colour.avif"), 9, 14)).getRGB(32, 32), 0xF14C1D, 2);
  }

  @Test
  void aHeaderWithExcessiveSizesIsRefusedBeforeDecoding() throws Exception {
    byte[] file = Corpus.resource("plain.avif");
    int size = indexOf(file, "ispe") + 8;
    file[size + 1] = 1; // 65,632 pixels wide
    assertThatThrownBy(() -> render(file)).isInstanceOf(ImagingException.class);

    byte[] lying = Corpus.resource("plain.avif");
    lying[size + 3] = 32; // a smaller image than the decoder finds
    Path path = write(lying);
    assertThat(new ImageProbe(LIMIT, MEMORY, BOTH).probe(path).width()).isEqualTo(32);
    assertThatThrownBy(() -> render(lying)).isInstanceOf(ImagingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"large.heic", "large.avif"})
  void aCodedImageLargerThanItsFileStatesIsRefusedAtUpload(String name) throws Exception {
    byte[] file = Corpus.resource(name);
    assertThat(new ImageProbe(LIMIT, MEMORY, BOTH).probe(write(file)).width()).isEqualTo(600);

    int size = indexOf(file, "ispe") + 8;
    file[size + 2] = 0; // 88 pixels wide
    Path lying = write(file);
    assertThatThrownBy(() -> new ImageProbe(LIMIT, MEMORY, BOTH).probe(lying))
        .isInstanceOf(ImagingException.class)
        .hasRootCauseMessage("a coded image of 600 x 400 in a smaller one");
  }

  /** The larger image is in another place, after harmless data, or in pieces. */
  @ParameterizedTest
  @ValueSource(strings = {"heic", "avif"})
  void aCodedImageLargerThanStatedIsFoundAnywhereInTheFile(String kind) throws Exception {
    byte[] plain = Corpus.resource("plain." + kind);
    byte[] large = Corpus.resource("large." + kind);
    byte[] small = HeifFile.find(plain, kind.equals("avif") ? "av1C" : "hvcC");
    byte[] image = HeifFile.contents(plain, "mdat");
    byte[] hidden = HeifFile.contents(large, "mdat");
    if (kind.equals("heic")) {
      hidden = HeifFile.join(parameters(HeifFile.contents(large, "hvcC")), hidden);
    }
    byte[] padding =
        kind.equals("avif")
            ? HeifFile.join(new byte[] {0x7A, (byte) 0xE8, 7}, new byte[1000])
            : HeifFile.join(HeifFile.numbers(4, 1000), new byte[] {0x4E, 1}, new byte[998]);
    assertThat(size(HeifFile.like(kind).image(96, 48, small, image).withDataBehind()))
        .isEqualTo(96);
    assertThat(size(HeifFile.like(kind).image(96, 48, small, image).withDataInside()))
        .isEqualTo(96);

    for (byte[] coded :
        List.of(hidden, HeifFile.join(image, hidden), HeifFile.join(padding, padding, hidden))) {
      HeifFile file = HeifFile.like(kind).image(96, 48, small, coded);
      for (byte[] bytes : List.of(file.withDataBehind(), file.withDataInside())) {
        assertThatThrownBy(() -> size(bytes))
            .isInstanceOf(ImagingException.class)
            .hasMessage("a coded image of 600 x 400 in a smaller one");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heic", "avif"})
  void anAlphaChannelMuchLargerThanItsImageIsRefusedAtUpload(String kind) throws Exception {
    byte[] plain = Corpus.resource("plain." + kind);
    byte[] configuration = HeifFile.find(plain, kind.equals("avif") ? "av1C" : "hvcC");
    byte[] coded = HeifFile.contents(plain, "mdat");
    byte[] same =
        HeifFile.like(kind)
            .image(96, 48, configuration, coded)
            .image(96, 48, configuration, coded)
            .asAlpha()
            .withDataBehind();
    assertThat(size(same)).isEqualTo(96);

    byte[] larger =
        HeifFile.like(kind)
            .image(96, 48, configuration, coded)
            .image(8000, 8000, configuration, coded)
            .asAlpha()
            .withDataBehind();
    assertThatThrownBy(() -> size(larger))
        .isInstanceOf(ImagingException.class)
        .hasMessage("an alpha channel that is larger than the image");
  }

  /** With two descriptions, the decoder might use one and the header check the other. */
  @Test
  void aSecondDescriptionIsRefused() throws Exception {
    byte[] plain = Corpus.resource("plain.avif");
    byte[] two = HeifFile.join(plain, HeifFile.find(plain, "meta"));
    assertThatThrownBy(() -> size(two)).isInstanceOf(ImagingException.class);
  }

  private int size(byte[] file) throws Exception {
    return new ImageProbe(LIMIT, MEMORY, BOTH).probe(write(file)).width();
  }

  /** The parameter sets of an {@code hvcC} box, in the form that they have in an image's data. */
  private static byte[] parameters(byte[] configuration) {
    ByteBuffer in = ByteBuffer.wrap(configuration).position(22);
    byte[] sets = {};
    for (int arrays = in.get(); arrays > 0; arrays--) {
      in.get();
      for (int count = in.getShort(); count > 0; count--) {
        byte[] set = new byte[in.getShort()];
        in.get(set);
        sets = HeifFile.join(sets, HeifFile.numbers(4, set.length), set);
      }
    }
    return sets;
  }

  @Test
  void withoutTheLibraryTheFormatIsRefusedByName() throws Exception {
    Set<ImageFormat> others = EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG);
    Path heic = write(Corpus.resource("plain.heic"));

    assertThatThrownBy(() -> new ImageProbe(LIMIT, MEMORY, others).probe(heic))
        .isInstanceOfSatisfying(
            ImagingException.class,
            e -> assertThat(e.reason()).isEqualTo(ImagingException.Reason.UNSUPPORTED_TYPE))
        .hasMessage("HEIC is not supported on this server; accepted: JPEG, PNG");
  }

  /** Replaces the property that only states the number of bits by another one. */
  private static byte[] withProperty(byte[] file, String type, int value) {
    int at = indexOf(file, "pixi");
    System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, file, at, 4);
    file[at + 4] = (byte) value;
    return file;
  }

  private static byte[] withColours(byte[] file, int primaries, int transfer) {
    int at = indexOf(file, "nclx");
    file[at + 5] = (byte) primaries;
    file[at + 7] = (byte) transfer;
    return file;
  }

  private static int indexOf(byte[] file, String type) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(type);
  }

  private BufferedImage render(byte[] file) throws Exception {
    assumeTrue(
        NativeHeif.find().filter(library -> library.formats().containsAll(BOTH)).isPresent(),
        "there is no libheif with decoders of HEVC and AV1");
    byte[] thumbnail =
        new ThumbnailRenderer(new PixelBudget(10_000_000), new DecodeMemoryBudget(1 << 28), LIMIT)
            .render(write(file), List.of(Rendition.parse("t", "96x96,png")))
            .get(0)
            .content();
    return ImageIO.read(new ByteArrayInputStream(thumbnail));
  }

  private Path write(byte[] content) throws Exception {
    return Files.write(directory.resolve("image"), content);
  }

  private static int rgb(String hex) {
    return Integer.parseInt(hex, 16);
  }

  private static void assertQuadrants(BufferedImage shown, int a, int b, int c, int d) {
    int[] expected = {a, b, c, d};
    for (int i = 0; i < 4; i++) {
      int x = shown.getWidth() * (1 + 2 * (i % 2)) / 4;
      int y = shown.getHeight() * (1 + 2 * (i / 2)) / 4;
      assertNear(shown.getRGB(x, y), expected[i], 12);
    }
  }

  private static void assertNear(int actual, int expected, int tolerance) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(actual >> shift & 0xFF)
          .as("%08x for %06x", actual, expected)
          .isCloseTo(expected >> shift & 0xFF, within(tolerance));
    }
  }
}

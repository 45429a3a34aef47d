package io.thumbnailer.imaging.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.imaging.Corpus;
import io.thumbnailer.imaging.ManyImages;
import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only the codecs of the list are used for decoding. */
class CodecsTest {
  private final IIORegistry registry = IIORegistry.getDefaultInstance();
  private final Intruder intruder = new Intruder();

  @BeforeEach
  void registerAnIntruderBeforeAllOthers() {
    List<ImageReaderSpi> others = new ArrayList<>();
    registry.getServiceProviders(ImageReaderSpi.class, false).forEachRemaining(others::add);
    registry.registerServiceProvider(intruder, ImageReaderSpi.class);
    others.forEach(other -> registry.setOrdering(ImageReaderSpi.class, intruder, other));
  }

  @AfterEach
  void deregister() {
    registry.deregisterServiceProvider(intruder, ImageReaderSpi.class);
  }

  @ParameterizedTest
  @MethodSource("imagesThatHoldImages")
  void aRegisteredReaderIsNotUsedForEmbeddedImages(byte[] image, @TempDir Path directory)
      throws Exception {
    Path file = Files.write(directory.resolve("image"), image);
    ThumbnailRenderer renderer =
        new ThumbnailRenderer(
            new PixelBudget(1_000_000), new DecodeMemoryBudget(64 << 20), Duration.ofMinutes(1));

    assertThat(renderer.render(file, List.of(Rendition.parse("small", "32x32")))).hasSize(1);
    assertThat(intruder.asked).isZero();
  }

  static Stream<byte[]> imagesThatHoldImages() {
    return Stream.of(ManyImages.tiffOfJpeg(0x4080C0), ManyImages.icns(), Corpus.icon());
  }

  /** Claims to read the embedded images. */
  private static final class Intruder extends ImageReaderSpi {
    private int asked;

    Intruder() {
      super(
          "nobody",
          "1",
          new String[] {"jpeg", "JPEG", "png", "PNG"},
          new String[] {"jpg", "png"},
          new String[] {"image/jpeg", "image/png"},
          "none",
          new Class<?>[] {ImageInputStream.class},
          null,
          false,
          null,
          null,
          null,
          null,
          false,
          null,
          null,
          null,
          null);
    }

    @Override
    public boolean canDecodeInput(Object source) {
      asked++;
      return true;
    }

    @Override
    public ImageReader createReaderInstance(Object extension) throws IOException {
      asked++;
      throw new IOException("no reader");
    }

    @Override
    public String getDescription(Locale locale) {
      return "intruder";
    }
  }
}

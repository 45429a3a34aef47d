package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.ImagingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many programs write icons whose directory states wrong sizes, and other programs show them.
 * Images larger than any icon must have the right size.
 */
class IconSizesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"0, 256", "0, 512", "0, 1024", "16, 16", "16, 48", "16, 1024", "255, 180"})
  void anIconMayStateAWrongSizeUpTo1024Pixels(int stated, int side) throws Exception {
    byte[] png = TestImages.encoded(side, side, "png");
    assertThat(probe(ico(stated, png)).width()).isEqualTo(side);
    assertThat(probe(icns("ic07", png)).width()).isEqualTo(side);
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "0, 256"})
  void anImageLargerThan1024PixelsInASmallerIconIsRefused(int stated, int meant) throws Exception {
    byte[] ico = ico(stated, TestImages.encoded(1025, 1025, "png"));
    assertThatThrownBy(() -> probe(ico))
        .isInstanceOfSatisfying(
            ImagingException.class,
            e -> assertThat(e.reason()).isEqualTo(ImagingException.Reason.UNREADABLE_IMAGE))
        .hasMessage(
            "an icon of %d x %d pixels holds an image of 1025 x 1025".formatted(meant, meant));
  }

  @Test
  void anImageLargerThan1024PixelsInAMacosIconIsRefused() throws Exception {
    byte[] png = TestImages.encoded(1025, 16, "png");
    assertThatThrownBy(() -> probe(icns("ic10", png)))
        .hasMessage("an icon of 1024 x 1024 pixels holds an image of 1025 x 16");
    assertThatThrownBy(() -> probe(icns("none", png)))
        .hasMessage("an icon of 16 x 16 pixels holds an image of 1025 x 16");
  }

  private ImageHeader probe(byte[] file) throws Exception {
    return new ImageProbe().probe(Files.write(directory.resolve("icon"), file));
  }

  private static byte[] ico(int side, byte[] png) {
    ByteBuffer out = ByteBuffer.allocate(22 + png.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0).putShort((short) 1).putShort((short) 1);
    out.put((byte) side).put((byte) side).putShort((short) 0).putShort((short) 1);
    return out.putShort((short) 32).putInt(png.length).putInt(22).put(png).array();
  }

  private static byte[] icns(String type, byte[] png) {
    ByteBuffer out = ByteBuffer.allocate(16 + png.length);
    out.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(out.capacity());
    out.put(type.getBytes(StandardCharsets.US_ASCII)).putInt(8 + png.length);
    return out.put(png).array();
  }
}

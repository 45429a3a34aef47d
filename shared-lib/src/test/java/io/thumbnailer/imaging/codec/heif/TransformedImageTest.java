package io.thumbnailer.imaging.codec.heif;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.imaging.header.HeifTransform;
import io.thumbnailer.imaging.raster.PlanarImage;
import io.thumbnailer.imaging.raster.Plane;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransformedImageTest {
  /** The stored image has the rows 1 2 3 and 4 5 6. */
  static Stream<Arguments> transforms() {
    HeifTransform left = new HeifTransform.Rotation(1);
    HeifTransform exchange = new HeifTransform.Mirror(true);
    return Stream.of(
        Arguments.of(List.of(), "123 456"),
        Arguments.of(List.of(left), "36 25 14"),
        Arguments.of(List.of(new HeifTransform.Rotation(3)), "41 52 63"),
        Arguments.of(List.of(exchange), "321 654"),
        Arguments.of(List.of(new HeifTransform.Mirror(false)), "456 123"),
        Arguments.of(List.of(left, exchange), "63 52 41"),
        Arguments.of(List.of(exchange, left), "14 25 36"),
        Arguments.of(List.of(new HeifTransform.Crop(1, 1, 0, 0.5)), "5"),
        Arguments.of(List.of(new HeifTransform.Crop(2, 2, -0.5, 0)), "12 45"),
        Arguments.of(List.of(new HeifTransform.Crop(900, 0, 900, -900)), "123"));
  }

  @ParameterizedTest
  @MethodSource("transforms")
  void transformationsAreAppliedInTheirOrder(List<HeifTransform> transforms, String expected) {
    Plane plane = Plane.whole(new byte[] {1, 2, 3, 4, 5, 6}, 3, 2);
    PlanarImage stored =
        new PlanarImage(PlanarImage.Colours.GRAY, 3, 2, List.of(plane), Optional.empty());

    PlanarImage image = TransformedImage.of(stored, transforms);

    StringBuilder rows = new StringBuilder();
    for (int y = 0; y < image.height(); y++) {
      rows.append(y > 0 ? " " : "");
      for (int x = 0; x < image.width(); x++) {
        rows.append(image.planes().get(0).samples()[y * image.width() + x]);
      }
    }
    assertThat(rows.toString()).isEqualTo(expected);
  }
}

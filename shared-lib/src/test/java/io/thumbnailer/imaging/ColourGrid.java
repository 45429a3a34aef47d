package io.thumbnailer.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.devservices.images.TestImages;
import io.thumbnailer.imaging.codec.jpeg.NativeJpeg;
import io.thumbnailer.imaging.model.DecodeMemoryBudget;
import io.thumbnailer.imaging.model.PixelBudget;
import io.thumbnailer.imaging.model.Rendition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * The mean colours of an image's parts on white, which show whether two images look the same,
 * whatever their sizes.
 *
 * @param means red, green and blue of each of 4 by 4 parts, row by row
 */
record ColourGrid(List<Integer> means) {
  private static final int SIDE = 4;

  /** Per channel. */
  private static final int TOLERANCE = 12;

  private static final List<Rendition> RENDITIONS =
      List.of(
          Rendition.parse("small", "128x128,jpeg"),
          Rendition.parse("medium", "320x320,png"),
          Rendition.parse("large", "720x720,jpeg,q=92"));

  static ColourGrid parse(String... cells) {
    return new ColourGrid(
        Arrays.stream(cells)
            .flatMap(cell -> Arrays.stream(cell.split(",", -1)))
            .map(Integer::valueOf)
            .toList());
  }

  /** All JPEG decoders on this machine. */
  static Stream<Optional<NativeJpeg>> jpegDecoders() {
    return NativeJpeg.find().isPresent()
        ? Stream.of(NativeJpeg.find(), Optional.empty())
        : Stream.of(Optional.empty());
  }

  static List<RenderedThumbnail> render(Path file, Optional<NativeJpeg> jpeg) throws Exception {
    return new ThumbnailRenderer(
            new PixelBudget(100_000_000),
            new DecodeMemoryBudget(1L << 30),
            Duration.ofSeconds(60),
            jpeg)
        .render(file, RENDITIONS);
  }

  static ColourGrid of(RenderedThumbnail thumbnail) throws IOException {
    return of(
        TestImages.asViewersShow(ImageIO.read(new ByteArrayInputStream(thumbnail.content()))));
  }

  static ColourGrid of(BufferedImage image) {
    double[] sums = new double[3 * SIDE * SIDE];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int argb = image.getRGB(x, y);
        for (int row = 0; row < SIDE; row++) {
          double part = overlap(y, row, image.getHeight());
          for (int column = 0; part > 0 && column < SIDE; column++) {
            double weight = part * overlap(x, column, image.getWidth());
            for (int c = 0; c < 3; c++) {
              int value = argb >> (16 - 8 * c) & 0xFF;
              double alpha = (argb >>> 24) / 255.0;
              sums[3 * (row * SIDE + column) + c] += weight * (value * alpha + 255 * (1 - alpha));
            }
          }
        }
      }
    }
    return new ColourGrid(Arrays.stream(sums).mapToObj(s -> (int) Math.round(s)).toList());
  }

  /** The share of a part of the image that a pixel covers, along one side. */
  private static double overlap(int pixel, int part, int pixels) {
    double begin = Math.max(pixel, (double) part * pixels / SIDE);
    double end = Math.min(pixel + 1.0, (part + 1.0) * pixels / SIDE);
    return Math.max(0, end - begin) * SIDE / pixels;
  }

  void assertNear(ColourGrid expected, String what) {
    int most =
        IntStream.range(0, means.size())
            .map(i -> Math.abs(means.get(i) - expected.means.get(i)))
            .max()
            .orElseThrow();
    assertThat(most).as("%s: %s for %s", what, this, expected).isLessThanOrEqualTo(TOLERANCE);
  }

  boolean isWhite() {
    return means.stream().allMatch(value -> value > 255 - TOLERANCE);
  }

  @Override
  public String toString() {
    return IntStream.range(0, SIDE * SIDE)
        .mapToObj(
            i ->
                "%02x%02x%02x"
                    .formatted(means.get(3 * i), means.get(3 * i + 1), means.get(3 * i + 2)))
        .collect(Collectors.joining(" "));
  }
}

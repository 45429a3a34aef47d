package io.thumbnailer.imaging;

import io.thumbnailer.imaging.codec.Encoder;
import io.thumbnailer.imaging.decode.Decoder;
import io.thumbnailer.imaging.header.ImageDescription;
import io.thumbnailer.imaging.model.FitGeometry;
import io.thumbnailer.imaging.model.ImageHeader;
import io.thumbnailer.imaging.model.Rendition;
import io.thumbnailer.imaging.raster.ImageResampler;
import java.util.List;

/** The maximum memory for the thumbnails of an image, computed from its header. */
final class RenderMemory {
  private RenderMemory() {}

  /**
   * Estimates the memory for decoding and resampling, in bytes.
   *
   * @param nativeJpeg whether the machine that renders has libjpeg-turbo
   */
  static long estimate(
      ImageDescription image, long fileBytes, List<Rendition> renditions, boolean nativeJpeg) {
    ImageHeader header = image.header();
    List<FitGeometry> geometries = geometries(header, renditions);
    int denominator = denominator(image, renditions, nativeJpeg);
    long resampling =
        geometries.stream()
            .mapToLong(
                geometry ->
                    ImageResampler.memory(
                        header.displayWidth() / denominator,
                        header.displayHeight() / denominator,
                        header.orientation() >= 5,
                        geometry))
            .max()
            .orElse(0);
    return Decoder.memory(image, fileBytes, denominator) + resampling;
  }

  /** The denominator of the scale at which the image is decoded: 1, 2, 4 or 8. */
  static int denominator(ImageDescription image, List<Rendition> renditions, boolean nativeJpeg) {
    double scale =
        geometries(image.header(), renditions).stream()
            .mapToDouble(FitGeometry::scale)
            .max()
            .orElse(1);
    boolean fullChroma =
        renditions.stream()
            .anyMatch(
                r -> !Encoder.halfChroma(r, r.format().resolve(false), r.width(), r.height()));
    return Decoder.denominator(image, scale, fullChroma, nativeJpeg);
  }

  private static List<FitGeometry> geometries(ImageHeader header, List<Rendition> renditions) {
    return renditions.stream()
        .map(r -> FitGeometry.of(header.displayWidth(), header.displayHeight(), r))
        .toList();
  }
}

package io.thumbnailer.worker;

import io.thumbnailer.imaging.NativeJpeg;
import io.thumbnailer.imaging.ThumbnailRenderer;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Gauges of how this worker decodes. */
final class ImagingMetrics {
  private static final System.Logger LOG = System.getLogger(ImagingMetrics.class.getName());

  private ImagingMetrics() {}

  static void register(MetricRegistry metrics, ThumbnailRenderer renderer) {
    int found = NativeJpeg.find().isPresent() ? 1 : 0;
    var jpeg =
        metrics.gauge(
            describe("thumbnailer_jpeg_native", "1 with libjpeg-turbo, 0 in pure Java"),
            () -> found);
    var abandoned =
        metrics.gauge(
            describe(
                "thumbnailer_decodes_abandoned",
                "Decoders that run on although their time is over"),
            renderer::abandonedDecodes);
    LOG.log(System.Logger.Level.DEBUG, "gauges {0} {1}", jpeg, abandoned);
  }

  private static Metadata describe(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}

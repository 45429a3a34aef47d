package io.thumbnailer.worker;

import io.thumbnailer.imaging.ThumbnailRenderer;
import io.thumbnailer.messaging.MessageConsumer;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Gauges of this worker's load and decoders. */
final class WorkerMetrics {
  private static final System.Logger LOG = System.getLogger(WorkerMetrics.class.getName());

  private WorkerMetrics() {}

  static void register(
      MetricRegistry metrics, MessageConsumer consumer, ThumbnailRenderer renderer) {
    var busy =
        metrics.gauge(
            JobMetrics.describe("thumbnailer_worker_busy", "Running jobs"), consumer::busy);
    var capacity =
        metrics.gauge(
            JobMetrics.describe("thumbnailer_worker_capacity", "Maximum number of running jobs"),
            consumer::capacity);
    int found = ThumbnailRenderer.jpegLibrary().isPresent() ? 1 : 0;
    var jpeg =
        metrics.gauge(
            JobMetrics.describe(
                "thumbnailer_jpeg_native", "1 if libjpeg-turbo decodes JPEG, 0 if the JDK does"),
            () -> found);
    int heifFound = ThumbnailRenderer.heifLibrary().isPresent() ? 1 : 0;
    var heif =
        metrics.gauge(
            JobMetrics.describe(
                "thumbnailer_heif_native",
                "1 if libheif was found, 0 if HEIC and AVIF are not supported"),
            () -> heifFound);
    int jxlFound = ThumbnailRenderer.jxlLibrary().isPresent() ? 1 : 0;
    var jxl =
        metrics.gauge(
            JobMetrics.describe(
                "thumbnailer_jxl_native", "1 if libjxl was found, 0 if JPEG XL is not supported"),
            () -> jxlFound);
    var abandoned =
        metrics.gauge(
            JobMetrics.describe(
                "thumbnailer_decodes_abandoned", "Decodes that continue after their time-out"),
            renderer::abandonedDecodes);
    LOG.log(
        System.Logger.Level.DEBUG,
        "gauges {0} {1} {2} {3} {4} {5}",
        busy,
        capacity,
        jpeg,
        heif,
        jxl,
        abandoned);
  }
}
